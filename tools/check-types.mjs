// Type-checks each part of the source under the libraries of the place where it runs.
import { spawnSync } from 'node:child_process'

const projects = ['src/core', 'workers', 'src', '.']
for (const project of projects) {
  const { status } = spawnSync('npx', ['tsc', '-p', project], { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`types: ${project} has errors`)
    process.exit(1)
  }
}
console.log(`types: ${projects.length} projects, no errors`)
