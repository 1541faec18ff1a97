import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../recipes/workspace.ts'

/** Tells how an alarm stands in the template and in the simulated cloud, run by a copy of the project. */
const program = `
import { App } from 'aws-cdk-lib'
import { systemClock, systemWall } from './common/clock.ts'
import { stageContext } from './infra/stage-context.ts'
import { AlarmsStack } from './infra/stacks/alarms.ts'
import { ownStages } from './infra/stages.ts'
import { createCloud } from './sandbox/cloud/cloud.ts'

const app = new App({ outdir: process.argv[2] })
new AlarmsStack(app, 'alarms', stageContext('prod', ownStages().prod, {}))
const resources = Object.values(app.synth().getStackByName('alarms').template.Resources)
const made = resources.find(({ Properties }) => Properties?.AlarmName === 'LambdaErrorAlarm').Properties

const nothing = () => undefined
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const cloud = await createCloud({ clock: systemClock, wall: systemWall, log, stage: 'prod', seed: 1 })
const simulated = cloud.alarms.describe().find(({ alarm }) => alarm.name === 'LambdaErrorAlarm').alarm
console.log(JSON.stringify({
  template: [made.Threshold, made.EvaluationPeriods, made.Metrics.find(({ ReturnData }) => ReturnData).Expression],
  sandbox: [simulated.threshold, simulated.evaluationPeriods, simulated.queries.find(({ returnData }) => returnData).expression],
}))
await cloud.close()
`

let workspace: Workspace
afterEach(() => workspace?.remove())

async function alarmIn({ folder }: Workspace): Promise<{ template: unknown[]; sandbox: unknown[] }> {
  await writeFile(join(folder, 'tell.ts'), program)
  const { stdout } = await promisify(execFile)(process.execPath, ['tell.ts', join(folder, 'cdk.out')], { cwd: folder })
  return JSON.parse(stdout)
}

it('a threshold that is changed in the one list changes template and sandbox alike', async () => {
  workspace = await createWorkspace()
  await workspace.apply([
    { file: 'common/alarms.ts', place: 'instead of', line: 'threshold: 5,', code: '    threshold: 7,' },
  ])
  const changed = [7, 2, 'IF(whole1 >= 20, 100 * FILL(part1, 0) / whole1, 0)']
  expect(await alarmIn(workspace)).toEqual({ template: changed, sandbox: changed })
}, 60_000)
