// Type-checks each part of the source under the libraries of the place where it runs. All are checked, also after one
// that fails.
import { spawnSync } from 'node:child_process'

const projects = ['src/core', 'workers', 'src', '.']
const failed = projects.filter(project => {
  const args = ['node_modules/typescript/bin/tsc', '-p', project]
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0
})
for (const project of failed) console.error(`types: ${project} has errors`)
if (failed.length === 0) console.log(`types: ${projects.length} projects, no errors`)
process.exitCode = failed.length === 0 ? 0 : 1
