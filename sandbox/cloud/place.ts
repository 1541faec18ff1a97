/** Where the simulated cloud stands: one account in one region, as every ARN and notification names it. */
export const region = 'ap-northeast-1'
export const regionName = 'Asia Pacific (Tokyo)'
export const account = '123456789012'

export const arnOf = {
  queue: (name: string) => `arn:aws:sqs:${region}:${account}:${name}`,
  topic: (name: string) => `arn:aws:sns:${region}:${account}:${name}`,
  function: (name: string, qualifier?: string) =>
    `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`,
  alarm: (name: string) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  deploymentGroup: (application: string, group: string) =>
    `arn:aws:codedeploy:${region}:${account}:deploymentgroup:${application}/${group}`,
  secret: (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-SANDBX`,
}
