import { describe, expect, it } from 'vitest'
import { completeFlags, parseFlags, resumeFlags } from './train-flags.ts'
import { RECIPE } from './recipe.ts'
import { ownOptions, runOptions } from './train-options.ts'

function optionsOf(...args: string[]) {
  return runOptions(completeFlags(parseFlags(args).run))
}

describe('the flags of training', () => {
  it('are the recipe’s unless said', () => {
    const { steps, batch, seed, plan, mining } = optionsOf()
    expect({ steps, batch, seed, mining }).toEqual({
      steps: RECIPE.steps,
      batch: RECIPE.batch,
      seed: RECIPE.seed,
      mining: undefined,
    })
    expect(plan).toEqual({
      body: { kind: 'bag' },
      head: { kind: 'linear' },
      loss: { kind: 'softmax' },
      negatives: 0,
      prefixes: [],
    })
  })

  it('choose loss, head, prefixes and where wrong answers come from', () => {
    const { plan, mining } = optionsOf(
      ...'--loss triplet --head relu --head-dropout 0.3'.split(' '),
      ...'--matryoshka 64,128 --negatives both --mine-at 10'.split(' '),
    )
    expect(plan.loss).toEqual({ kind: 'triplet', margin: 0.2 })
    expect(plan.head).toEqual({ kind: 'relu', dropout: 0.3 })
    expect([plan.prefixes, plan.negatives]).toEqual([[64, 128], 1])
    expect(mining).toEqual({ words: true, meaning: 'behind a step', from: undefined, at: 10 })
    expect(optionsOf('--negatives', 'model', '--mine-from', 'a').mining?.from).toBe('a')
  })

  it.each([
    [['--loss', 'hinge'], 'one of softmax, triplet for --loss, got "hinge"'],
    [['--margin', '0.1'], '--margin only with --loss triplet, got "0.1"'],
    [['--loss', 'triplet', '--margin', '3'], 'from 0.001 to 2 for --margin, got "3"'],
    [['--head', 'deep'], 'one of linear, relu for --head, got "deep"'],
    [['--head-dropout', '0.1'], '--head-dropout only with --head relu'],
    [['--matryoshka', '64,30'], 'rising multiples of 4 for --matryoshka, got "64,30"'],
    [['--matryoshka', '512'], 'from 4 to 508 for --matryoshka, got "512"'],
    [['--negatives', 'some'], 'one of none, bm25, model, both for --negatives, got "some"'],
    [['--negatives', 'bm25', '--mine-at', '5'], '--mine-at only with --negatives model or both'],
    [['--negatives', 'model', '--mine-at', '5', '--mine-from', 'a'], '--mine-at or --mine-from, got both'],
    [['--steps', '0'], 'a whole number from 1'],
    [['--dropout', '1'], 'from 0 to 0.9 for --dropout, got "1"'],
    [['--minutes', 'x'], 'for --minutes, got "x"'],
  ])('are refused where they make no sense: %j', (args, words) => {
    expect(() => optionsOf(...args)).toThrow(words)
  })

  it('are refused where nobody knows them', () => {
    expect(() => parseFlags(['--stepz', '3'])).toThrow('--stepz')
    expect(() => ownOptions(parseFlags(['--measure-every', '-1']).own)).toThrow('--measure-every')
  })

  it('of a resumed run are those it had; the folder is its own', () => {
    const saved = completeFlags(parseFlags(['--steps', '70', '--seed', '4']).run)
    const { run, own } = parseFlags(['--resume', 'r', '--steps', '70'])
    expect(resumeFlags(saved, run)).toEqual(saved)
    expect(ownOptions(own).work).toBe('r')
    expect(() => resumeFlags(saved, { batch: '512' })).toThrow(
      'expected --batch 2048 as in the run that is resumed, got "512"',
    )
    expect(() => resumeFlags(saved, { minutes: '5' })).toThrow('expected no --minutes')
  })
})
