import { aws_iam as iam, Stack, aws_scheduler as scheduler } from 'aws-cdk-lib'
import { Construct } from 'constructs'

interface ScheduleProps {
  name: string
  description: string
  /** As EventBridge Scheduler writes it, as in `rate(1 minute)`. */
  every: string
  /** ARN of the function, or of its alias. */
  target: string
  /** A call that could not be made within this time is not made any more: the next one is due. */
  maxAgeSeconds: number
  /** ARN of the queue for calls that could not be made. */
  deadLetters: string
}

/** Calls a function again and again, with the right to call that one only. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id)
    const { name, description, every, target, maxAgeSeconds, deadLetters } = props
    const role = new iam.Role(this, 'Role', {
      description: `How the schedule ${name} calls its function`,
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        rights: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target] }),
            new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters] }),
          ],
        }),
      },
    })
    new scheduler.CfnSchedule(this, 'Schedule', {
      name,
      description,
      scheduleExpression: every,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: maxAgeSeconds, maximumRetryAttempts: 0 },
        deadLetterConfig: { arn: deadLetters },
      },
    })
  }
}
