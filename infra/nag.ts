import { Aws, Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Right } from './rights.ts'
import { whyWildcard } from './wildcards.ts'

/** Lets a finding of the AWS Solutions rules stand, for a reason. */
export function accept(scope: Construct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions-${rule}`, reason })
}

/** As a finding names what is not known before AWS fills it in. */
const shown = (arn: string): string =>
  arn
    .replaceAll(Aws.PARTITION, '<AWS::Partition>')
    .replaceAll(Aws.REGION, '<AWS::Region>')
    .replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>')

/** Wildcards of a role stand only with a reason from the one list; any other stops the synthesis. */
export function acceptWildcards(role: Construct, rights: readonly Pick<Right, 'actions' | 'on'>[]): void {
  const reasons = new Map<string, string>()
  for (const { actions, on } of rights)
    for (const resource of on.filter((each) => each.includes('*'))) {
      const whys = actions.map((action) => {
        const why = whyWildcard(action, resource)
        if (why === undefined) throw new Error(`${action} on ${shown(resource)} has no reason in infra/wildcards.ts.`)
        return why
      })
      reasons.set(resource, [...new Set([reasons.get(resource), ...whys])].filter(Boolean).join(' '))
    }
  for (const [resource, reason] of reasons) accept(role, `IAM5[Resource::${shown(resource)}]`, reason)
}
