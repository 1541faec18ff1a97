import { CfnOutput, Duration, aws_iam as iam, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { atStage } from '../../common/names.ts'
import { deployerRights } from '../deployer-rights.ts'
import { acceptWildcards } from '../nag.ts'
import { type StageContext, stackProps } from '../stage-context.ts'

const issuer = 'token.actions.githubusercontent.com'

/** The role that the workflow on GitHub takes on by OIDC, for its environment of this stage only. No key is kept anywhere. */
export class DeployerStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id, stackProps(context, 'Who may deploy from GitHub'))
    const { names, arns, settings, stage } = context
    const { partition, account } = Stack.of(this)
    const rights = deployerRights(names, arns, arns)
    const role = new iam.Role(this, 'Deployer', {
      roleName: atStage('crypto-watch-deployer', stage),
      description: `Deploys ${stage} from ${settings.repository}`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new iam.WebIdentityPrincipal(`arn:${partition}:iam::${account}:oidc-provider/${issuer}`, {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: `repo:${settings.repository}:environment:${stage}`,
        },
      }),
      inlinePolicies: {
        rights: new iam.PolicyDocument({
          statements: rights.map(
            ({ actions, on }) => new iam.PolicyStatement({ actions: [...actions], resources: [...on] }),
          ),
        }),
      },
    })
    acceptWildcards(role, rights)
    new CfnOutput(this, 'DeployerRoleArn', { value: role.roleArn })
  }
}
