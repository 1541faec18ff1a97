import type { Wall } from '../../common/clock.ts'
import type { Env } from '../../common/env.ts'
import type { Log } from '../../common/logger.ts'
import { type Cloud, createCloud } from '../../sandbox/cloud/cloud.ts'
import type { World } from '../../sandbox/scenarios.ts'
import { createQuietLog, type Line } from '../support/quiet-log.ts'

/** A wall whose time only moves when told; waiting on it is over at once. */
export function virtualWall(start = '2026-11-23T03:00:00.000Z') {
  let now = Date.parse(start)
  const wall: Wall = { now: () => new Date(now), pause: () => new Promise((resolve) => setImmediate(resolve)) }
  return {
    ...wall,
    forward(seconds: number): void {
      now += seconds * 1000
    },
  }
}

/** Keeps the lines, so that a test may look at them and the run stays quiet. */
export function keptLog() {
  const lines: string[] = []
  const keep = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`)
  }
  const log: Log = { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
  return { log, lines }
}

export interface TestCloud {
  cloud: Cloud
  world: World
  wall: ReturnType<typeof virtualWall>
  /** What was logged, oldest first. */
  lines: readonly Line[]
  /** What the topic delivered, parsed: alarm notifications and deployment events. */
  published: unknown[]
  minutes(count: number): Promise<void>
  slackDown: () => boolean
}

export const client = (cloud: Cloud) => ({
  endpoint: cloud.endpoint,
  region: 'ap-northeast-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
})

/** A whole cloud on a virtual wall, whose domain clock a test moves by minutes. */
export async function testCloud(
  options: { stage?: string; saved?: unknown; dataFolder?: string; start?: string; outside?: Env } = {},
): Promise<TestCloud> {
  const { stage = 'prod', saved, dataFolder, start = '2026-11-23T03:00:00.000Z', outside = {} } = options
  let now = Date.parse(start)
  let down = false
  const clock = { now: () => new Date(now) }
  const wall = virtualWall()
  const log = createQuietLog()
  const cloud = await createCloud({ clock, wall, log, stage, seed: 7, saved, dataFolder, outside })
  const published: unknown[] = []
  cloud.queues.consume(
    cloud.names.queues.alarms,
    async (event) => {
      for (const record of event.Records) published.push(JSON.parse(JSON.parse(record.body).Message))
    },
    { batchSize: 10, maximumConcurrency: 2 },
  )
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      now += 60_000
      await cloud.minute(clock.now())
      await cloud.queues.settle()
    }
  }
  const world: World = {
    cloud,
    clock,
    forward: (seconds) => minutes(Math.ceil(seconds / 60)),
    slack: {
      setDown(isDown) {
        down = isDown
      },
    },
  }
  return { cloud, world, wall, lines: log.lines, published, minutes, slackDown: () => down }
}
