import { aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { StageContext } from '../stage-context.ts'

/** For whom a mail is. The mailer marks each mail with it, and a subscription lets only its own through. */
const audiences = { managers: 'managerMail', oncall: 'alarmMail' } as const

/** The topic of the bot's own mails, encrypted under its own key. Every address confirms its subscription once. */
export class MailTopic extends Construct {
  readonly key: kms.Key

  constructor(scope: Construct, id: string, { names, settings, kept }: StageContext) {
    super(scope, id)
    this.key = new kms.Key(this, 'Key', {
      description: 'Encrypts mails of the bot on their way',
      enableKeyRotation: true,
      removalPolicy: kept,
    })
    const topic = new sns.Topic(this, 'Topic', { topicName: names.mailTopic, masterKey: this.key, enforceSSL: true })
    // SNS takes an address once per topic, so whoever is both gets both by one subscription.
    const addresses = new Set(Object.values(audiences).flatMap((setting) => settings[setting]))
    for (const [index, address] of [...addresses].entries())
      new sns.CfnSubscription(this, `Mail${index + 1}`, {
        topicArn: topic.topicArn,
        protocol: 'email',
        endpoint: address,
        filterPolicyScope: 'MessageAttributes',
        filterPolicy: {
          audience: Object.entries(audiences).flatMap(([audience, setting]) =>
            settings[setting].includes(address) ? [audience] : [],
          ),
        },
      })
  }
}
