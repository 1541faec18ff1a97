import { aws_codedeploy as codedeploy, aws_iam as iam } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { listedBrakes } from './brakes.ts'
import { acceptWildcards } from './nag.ts'
import type { StageContext } from './stage-context.ts'

/** How the alias `live` of both functions is moved: by deployments that can be stopped and taken back. */
export function addCodeDeploy(scope: Construct, { names, stage, arns }: StageContext): void {
  const { functions, deploymentGroups, application, beforeTraffic, newVersionAlarm } = names
  const rights = [
    {
      actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
      on: [functions.api, functions.updater].flatMap((name) => [arns.function(name), arns.live(name)]),
    },
    { actions: ['lambda:InvokeFunction'], on: [arns.function(beforeTraffic)] },
    { actions: ['cloudwatch:DescribeAlarms'], on: ['*'] },
  ]
  const role = new iam.Role(scope, 'CodeDeployRole', {
    description: 'How CodeDeploy moves the alias live of the two functions of the price service',
    assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com'),
    inlinePolicies: {
      rights: new iam.PolicyDocument({
        statements: rights.map(({ actions, on }) => new iam.PolicyStatement({ actions, resources: on })),
      }),
    },
  })
  acceptWildcards(role, rights)
  const app = new codedeploy.CfnApplication(scope, 'Application', {
    applicationName: application,
    computePlatform: 'Lambda',
  })
  const group = (id: string, name: string, configuration: string, brakes: readonly string[]) =>
    new codedeploy.CfnDeploymentGroup(scope, id, {
      applicationName: app.ref,
      deploymentGroupName: name,
      serviceRoleArn: role.roleArn,
      deploymentConfigName: configuration,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: brakes.length > 0, alarms: brakes.map((alarm) => ({ name: alarm })) },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
    })
  group('ApiDeployments', deploymentGroups.api, 'CodeDeployDefault.LambdaCanary10Percent5Minutes', [
    ...listedBrakes(stage),
    newVersionAlarm,
  ])
  group('UpdaterDeployments', deploymentGroups.updater, 'CodeDeployDefault.LambdaAllAtOnce', [])
}
