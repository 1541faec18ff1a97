import type { Names } from '../common/names.ts'
import type { Arns } from './arns.ts'
import type { Right } from './rights.ts'

/** What the workflow may do besides what CloudFormation does for it: the release, and the smoke test. */
export function deployerRights(names: Names, arns: Arns, { bootstrapRoles }: { bootstrapRoles: string }): Right[] {
  const { functions, deploymentGroups, newVersionAlarm } = names
  const both = [functions.api, functions.updater]
  const groups = [deploymentGroups.api, deploymentGroups.updater].map(arns.deploymentGroup)
  const ofEach = both.flatMap((name) => [arns.function(name), arns.anyVersion(name)])
  return [
    {
      actions: ['sts:AssumeRole'],
      on: [bootstrapRoles],
      why: 'hands the templates to CloudFormation, as the CDK does',
    },
    {
      actions: ['lambda:GetAlias', 'lambda:ListAliases', 'lambda:ListVersionsByFunction'],
      on: ofEach,
      why: 'what is live, and which versions there are',
    },
    {
      actions: ['lambda:GetFunctionConfiguration', 'lambda:PublishVersion'],
      on: ofEach,
      why: 'publishes a version once Lambda has taken over the code',
    },
    { actions: ['lambda:DeleteFunction'], on: both.map(arns.anyVersion), why: 'old versions; never a function itself' },
    {
      actions: [
        'codedeploy:CreateDeployment',
        'codedeploy:GetDeployment',
        'codedeploy:ListDeployments',
        'codedeploy:BatchGetDeployments',
      ],
      on: groups,
      why: 'the deployment, followed to its end',
    },
    {
      actions: [
        'codedeploy:GetDeploymentConfig',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:GetApplicationRevision',
      ],
      on: [arns.application, arns.deploymentConfigs],
      why: 'what CodeDeploy asks of whoever creates a deployment',
    },
    { actions: ['cloudwatch:DescribeAlarms'], on: ['*'], why: 'whether a brake rings' },
    {
      actions: ['cloudwatch:PutMetricAlarm'],
      on: [arns.alarm(newVersionAlarm)],
      why: 'aims the brake at the new version',
    },
    {
      actions: ['dynamodb:Query'],
      on: [arns.liveIndex],
      why: 'open incidents, whose versions stay',
    },
    { actions: ['dynamodb:BatchGetItem'], on: [arns.incidentsTable], why: 'open incidents, whose versions stay' },
    { actions: ['apigateway:GET'], on: [arns.apiKeys], why: 'the key of the smoke test' },
  ]
}
