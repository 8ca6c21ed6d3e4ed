/**
 * `npm run train`: learns the tokenizer and the two towers from `--data` and writes the model.
 *
 *   --data DIR      folder with train/ and text/ (../shared/data)
 *   --body B        bag, the weighted sum of a text's piece vectors, or gru, the last state of gated recurrent units that
 *                   read them in their order (bag); what is in brackets is a bag's, for a gru see RECURRENT in recipe.ts
 *   --hidden N      numbers of a recurrent state and of its embedding (128)
 *   --work DIR      checkpoint, run log and a plot of loss and ranking (run/two-tower)
 *   --out DIR       the exported model (public/models/belfry-two-tower); `none` leaves the export out
 *   --seed N        (1)
 *   --steps N       batches (2300)
 *   --minutes M     as many batches in place of --steps as take so long
 *   --batch N       pairs in a batch, those of a smaller source excepted (2048)
 *   --dropout P     share of the pieces left out of a text (0)
 *   --tokenizer F   a tokenizer.json to use in place of a new one
 *   --epochs N      rounds of a first stage through all raw text, such as 4 (0: none)
 *   --start DIR     takes tokenizer and word vectors from the --work folder of a run with --epochs
 *   --rate R        learning rate of the table (0.02; 0.005 after a first stage)
 *   --threads N     (as many as there are cores, 4 at most); another number gives other roundings
 *   --loss L        softmax or triplet (softmax)
 *   --margin M      of the triplet loss, as a cosine (0.2)
 *   --head H        linear, or relu for three layers with layer norm, ReLU and dropout (linear)
 *   --head-dropout P    of the three layers (0.1)
 *   --matryoshka LIST   widths of leading dimensions that are to be embeddings as well, such as 64,128
 *   --negatives N   none, bm25, model or both: wrong answers that look right, one a pair (none)
 *   --mine-at N     step behind which the model looks for them (a third of the steps)
 *   --mine-from DIR     the --work folder of a finished run whose model looks for them at the start
 *   --measure-every N   steps between two measurements of NDCG@10 on the held-out sources; 0 for none (200)
 *   --checkpoint-every N    steps between two checkpoints, from which --resume goes on; 0 for none (500)
 *   --resume DIR    goes on with the run of this --work folder, to the very numbers it would have had
 *
 * The same seed and number of threads give the same model. An interrupt (Ctrl+C) leaves a checkpoint.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '../src/core/training/random.ts'
import { saveCheckpoint } from './checkpoint.ts'
import { exportModel } from './export-model.ts'
import { readTrainingData } from './read-training-data.ts'
import { readRun, saveRun } from './run-checkpoint.ts'
import { openRunLog } from './run-log.ts'
import { createSay } from './say.ts'
import { startRun } from './start-run.ts'
import { completeFlags, parseFlags, resumeFlags } from './train-flags.ts'
import { ownOptions, runOptions } from './train-options.ts'
import { trainSteps } from './train-steps.ts'

const say = createSay()
const interruption = new AbortController()
const given = parseFlags(process.argv.slice(2))
const { data: folder, resume, ...own } = ownOptions(given.own)
const saved = resume === undefined ? undefined : await readRun(resume)
const flags = saved === undefined ? completeFlags(given.run) : resumeFlags(saved.flags, given.run)
const options = runOptions(flags)
const { work = options.architecture.work, out = options.architecture.out, ...occasions } = own
process.once('SIGINT', () => {
  interruption.abort()
  say('stopping after this step; once more to stop at once')
})

const random = createRandom(options.seed)
const vectorsFolder = resume ?? options.start
const tokenizer = vectorsFolder === undefined ? options.tokenizer : join(vectorsFolder, 'tokenizer.json')
const data = await readTrainingData(folder, tokenizer, random, say)
await mkdir(work, { recursive: true })
const started = await startRun({ data, options, work, random, say }, saved)
const { run } = started
const log = await openRunLog(work, resume ?? work, run.progress.step)
const { signal } = interruption
await trainSteps(
  started,
  { ...occasions, minutes: options.minutes },
  { folder: work, flags, log, say, signal },
)
await log.plot(`Loss and ranking, seed ${options.seed}`)
await saveCheckpoint(work, run.trainer.worker, data.tokenizerJson)
const stopped = run.progress.step < run.progress.steps
if (stopped) {
  await saveRun(work, run, flags)
  say(`stopped behind step ${run.progress.step}: --resume ${work} goes on`)
}
await run.trainer.close()
if (!stopped && out !== 'none') await exportModel(work, out)
say('done')
