import { type Browser, chromium } from 'playwright-core'
import { test as base, expect, inject } from 'vitest'
import { type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { freePorts } from './free-ports.ts'
import { type Seat, type SeatOptions, sit } from './seat.ts'

/** A Monday noon in Tokyo, so that office hours are open and days do not change in the middle of a story. */
const start = new Date('2026-11-23T03:00:00.000Z')

let connected: Promise<Browser> | undefined
const browser = () => {
  connected ??= chromium.connect(inject('chromium'))
  return connected
}

/** A sandbox as `npm start` has it, and the people who look at it. */
export async function openWorkspace() {
  const log = createQuietLog()
  // Known beforehand, so that a sandbox can be started again at the same address.
  const portBase = await freePorts()
  const run = (options: Partial<SandboxOptions>) =>
    startSandbox({ log, portBase, env: {}, start, speed: 1, ...options })
  let sandbox = await run({})
  const seats: Seat[] = []
  return {
    sandbox: () => sandbox,
    /** Opens the page as somebody, in a browser context of their own. */
    sit: async (who: string, options: SeatOptions = {}, address = sandbox.addresses.workspace): Promise<Seat> => {
      const seat = await sit(await browser(), address, who, options)
      seats.push(seat)
      return seat
    },
    /** What a script would do: for what happened before the story begins. */
    steer: async (path: string, body: object = {}): Promise<void> => {
      const answer = await fetch(`${sandbox.addresses.workspace}/_sandbox${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(await answer.json()).toMatchObject({ ok: true })
    },
    stop: () => sandbox.stop(),
    /** Another start at the same addresses. */
    startAgain: async (options: Partial<SandboxOptions> = {}) => {
      sandbox = await run(options)
    },
    close: async () => {
      const complaints = seats.flatMap((seat) => seat.complaints())
      await Promise.all(seats.map(({ context }) => context.close()))
      await sandbox.stop()
      expect(complaints).toEqual([])
    },
  }
}

export type OpenWorkspace = Awaited<ReturnType<typeof openWorkspace>>

/** A test with a workspace; it fails when a browser complained of anything meanwhile. */
export const it = base.extend<{ workspace: OpenWorkspace }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
  workspace: async ({}, use) => {
    const workspace = await openWorkspace()
    await use(workspace)
    await workspace.close()
  },
})
