import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { CodeDeployClient, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy'
import { type AlarmDefinition, alarmNamed, alarms } from '../../common/alarms.ts'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { type Env, processEnv } from '../../common/env.ts'
import { atStage, names } from '../../common/names.ts'
import { ownStages } from '../stages.ts'
import { readArguments, runCommand, UsageError } from './arguments.ts'

export const drillOptions = {
  alarm: { type: 'string', says: 'which alarm rings; LambdaErrorAlarm unless told', value: 'name' },
} as const

interface Drill {
  stage: string
  alarm: string
  /** Where the bot posts, as the settings have it. */
  channel: string
}

/**
 * Lets an alarm ring that has no reason to, and says what people should see. CloudWatch takes it back by itself at
 * the alarm's next evaluation. Answers false when there is no such alarm in the account.
 */
export async function drill(
  { cloudwatch, codedeploy }: { cloudwatch: CloudWatchClient; codedeploy: CodeDeployClient },
  { stage, alarm, channel }: Drill,
  say: (line: string) => void,
): Promise<boolean> {
  const definition = alarmNamed(alarm)
  if (definition === undefined)
    throw new UsageError(`There is no alarm ${alarm}. There are ${alarms.map(({ name }) => name).join(', ')}.`)
  const name = atStage(alarm, stage)
  const { MetricAlarms: [found] = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))
  if (found === undefined) {
    say(`The account has no alarm ${name}. Deploy the stage first: npm run deploy -- --stage ${stage}`)
    return false
  }
  if (found.StateValue === 'ALARM') {
    say(`${name} rings already, and not for a drill. Look at ${channel}.`)
    return false
  }
  const deployment = definition.brakes ? await underWay(codedeploy, stage) : undefined
  if (deployment !== undefined) {
    say(
      `The deployment ${deployment} is under way, and ${name} would stop it. Wait for its end, or take another alarm.`,
    )
    return false
  }
  await cloudwatch.send(
    new SetAlarmStateCommand({
      AlarmName: name,
      StateValue: 'ALARM',
      StateReason: 'Drill: this alarm was made to ring by hand. Nothing is wrong.',
    }),
  )
  for (const line of expectations(definition, channel)) say(line)
  return true
}

async function underWay(codedeploy: CodeDeployClient, stage: string): Promise<string | undefined> {
  const { application, deploymentGroups } = names(stage)
  const { deployments = [] } = await codedeploy.send(
    new ListDeploymentsCommand({
      applicationName: application,
      deploymentGroupName: deploymentGroups.api,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
    }),
  )
  return deployments[0]
}

function expectations({ name, severity, periodMinutes }: AlarmDefinition, channel: string): string[] {
  const mail = severity === 'Critical' || severity === 'High'
  return [
    `${name} rings. Expect, in this order:`,
    `  within 10 s     one message in ${channel}: severity ${severity}, the reason begins with "Drill"`,
    ...(mail ? ['  within 1 min    a mail to the addresses in alarmMail of infra/stages.json'] : []),
    '  press           Acknowledge: the message names you as its owner',
    `  within ${periodMinutes + 1} min    CloudWatch sees that nothing is wrong, and the message says that the alarm is over`,
    '  5 min later     the incident resolves by itself',
    'No message? docs/deploy.md says where to look.',
  ]
}

async function main(args: readonly string[], env: Env): Promise<boolean> {
  const { stage, alarm = 'LambdaErrorAlarm' } = readArguments('drill', drillOptions, args)
  const { region, slack } = ownStages()[stage]
  const clients = {
    cloudwatch: new CloudWatchClient({ ...awsClientSettings(env, 'CLOUDWATCH', 10_000), region }),
    codedeploy: new CodeDeployClient({ ...awsClientSettings(env, 'CODEDEPLOY', 10_000), region }),
  }
  return drill(clients, { stage, alarm, channel: slack.channels.alerts }, console.log)
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2), processEnv()))
