import { expect, it } from 'vitest'
import { cutsOf } from './cutting-proxy.ts'
import { checkpointBefore, playStep, type StepName, type Truth } from './rollback-steps.ts'

/**
 * Replays one step of the rollback story, killing the process before and after each outside call it
 * makes. After a retry or the next sweep, everything is as if nobody had been killed. `whose` takes the
 * deaths of some Lambdas only, so that a long step can be told by two workers.
 */
export async function killInStep(
  step: StepName,
  expected: Partial<Truth>,
  whose: (lambda: string) => boolean = () => true,
): Promise<void> {
  const from = await checkpointBefore(step)
  const unharmed = await playStep(from, step)

  it(`${step}: nobody is killed`, () => {
    expect(unharmed.truth).toMatchObject({ ...expected, rootMessages: 1, messagesTwice: [], pages: 0, deadLetters: 0 })
    expect(unharmed.calls.length).toBeGreaterThan(10)
  })
  const cuts = cutsOf(unharmed.calls).filter(({ call }) => whose(call.split(':', 1)[0] ?? ''))
  it.each(cuts)(`${step}: killed $when call $at, $call`, async ({ at, when }) => {
    expect((await playStep(from, step, { at, when })).truth).toEqual(unharmed.truth)
  })
}
