/** Everything that a whole release asks of AWS, written out. The role that deploys may do this, and nothing else of its kind. */
export const releaseCalls = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:PutMetricAlarm',
  'codedeploy:BatchGetDeployments',
  'codedeploy:CreateDeployment',
  'codedeploy:GetDeployment',
  'codedeploy:ListDeployments',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'lambda:DeleteFunction',
  'lambda:GetAlias',
  'lambda:GetFunctionConfiguration',
  'lambda:ListAliases',
  'lambda:ListVersionsByFunction',
  'lambda:PublishVersion',
]
