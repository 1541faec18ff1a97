import { Stack } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { acceptWildcards } from '../../infra/nag.ts'
import { stageNames } from '../../infra/stages.ts'
import { whyWildcard } from '../../infra/wildcards.ts'
import { releaseCalls } from '../support/release-calls.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'
import type { Resource } from '../support/template.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

interface Statement {
  Effect: 'Allow' | 'Deny'
  Action: string | string[]
  Resource: string | string[]
  Condition?: object
}
interface Grant {
  /** The resource that has the right, by its id in the template. */
  who: string
  action: string
  on: string
}

const list = <T>(value: T | T[]): T[] => [value].flat() as T[]

function statementsOf({ type, properties }: Resource): Statement[] {
  const own = type === 'AWS::IAM::Role' ? (properties.Policies ?? []) : type === 'AWS::IAM::Policy' ? [properties] : []
  return own.flatMap(({ PolicyDocument }: { PolicyDocument: { Statement: Statement[] } }) => PolicyDocument.Statement)
}

/** Everything that roles of a stage may do, one grant for each action and resource. */
const grants = (stage: (typeof stageNames)[number]): Grant[] =>
  made
    .resources(stage)
    .flatMap((resource) =>
      statementsOf(resource).flatMap(({ Action, Resource }) =>
        list(Action).flatMap((action) => list(Resource).map((on) => ({ who: resource.id, action, on }))),
      ),
    )

/** The Lambda that a role belongs to, or the role itself where no Lambda has it. */
function holder(stage: (typeof stageNames)[number], role: string): string {
  const fn = made
    .resources(stage, 'AWS::Lambda::Function')
    .find(({ properties }) => properties.Role.endsWith(`:role/${role}`))
  return fn?.properties.FunctionName ?? role.replace(/[0-9A-F]{8}$/, '')
}

const holdersOf = (stage: (typeof stageNames)[number], ...actions: string[]) =>
  Map.groupBy(
    grants(stage).filter(({ action }) => actions.includes(action)),
    ({ who }) => holder(stage, who),
  )

describe.each(stageNames)('rights on %s', (stage) => {
  const suffix = stage === 'prod' ? '' : `-${stage}`
  const arn = (rest: string) => `arn:aws:${rest}`
  const lambda = (name: string) => arn(`lambda:ap-northeast-1:123456789012:function:${name}`)
  const liveOfBoth = ['crypto-watch-api-function', 'crypto-watch-price-update-function'].flatMap((name) => [
    lambda(`${name}${suffix}`),
    lambda(`${name}${suffix}:live`),
  ])

  it('only the worker may change an alias, and only of the two functions; CodeDeploy does so for deployments', () => {
    const holders = holdersOf(stage, 'lambda:UpdateAlias', 'lambda:CreateAlias', 'lambda:DeleteAlias')
    expect([...holders.keys()].toSorted()).toEqual(['CodeDeployRole', `crypto-watch-bot-worker${suffix}`])
    for (const held of holders.values()) expect(held.map(({ on }) => on).toSorted()).toEqual(liveOfBoth.toSorted())
  })

  it('only the worker may stop a deployment, and only of the two functions', () => {
    const holders = holdersOf(stage, 'codedeploy:StopDeployment')
    expect([...holders.keys()]).toEqual([`crypto-watch-bot-worker${suffix}`])
    const group = `codedeploy:ap-northeast-1:123456789012:deploymentgroup:crypto-watch-backend${suffix}`
    expect([...holders.values()].flat().map(({ on }) => on)).toEqual([
      arn(`${group}/crypto-watch-api${suffix}`),
      arn(`${group}/crypto-watch-price-update${suffix}`),
    ])
  })

  it('only the mailer may publish, and only on the topic of the mails, under its own key', () => {
    const holders = holdersOf(stage, 'sns:Publish')
    expect([...holders.keys()]).toEqual([`crypto-watch-bot-mailer${suffix}`])
    expect([...holders.values()].flat().map(({ on }) => on)).toEqual([
      arn(`sns:ap-northeast-1:123456789012:crypto-watch-mail${suffix}`),
    ])
    const keys = [...holdersOf(stage, 'kms:GenerateDataKey')].map(([who, held]) => [who, held.length])
    expect(keys).toEqual([[`crypto-watch-bot-mailer${suffix}`, 1]])
  })

  it('settings are changed by the remedy performer alone, and it reaches nothing else of their table', () => {
    const table = arn(`dynamodb:ap-northeast-1:123456789012:table/crypto-watch-data${suffix}`)
    const writers = [...holdersOf(stage, 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem')].filter(
      ([, held]) => held.some(({ on }) => on === table),
    )
    expect(writers.map(([who]) => who).toSorted()).toEqual([
      `crypto-watch-bot-remedy${suffix}`,
      `crypto-watch-price-update-function${suffix}`,
    ])
    const conditions = made
      .resources(stage, 'AWS::IAM::Role')
      .flatMap((role) => statementsOf(role).map((statement) => ({ who: holder(stage, role.id), ...statement })))
      .filter(({ who, Resource }) => who.startsWith('crypto-watch-bot-remedy') && list(Resource).includes(table))
      .map(({ Condition }) => Condition)
    expect(conditions).toEqual([{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['SETTINGS'] } }])
  })

  it('a proof goes through the alias, the hook tries versions, and nobody else calls a function of the service', () => {
    const called = [...holdersOf(stage, 'lambda:InvokeFunction')].map(([who, held]) => [who, held.map(({ on }) => on)])
    const both = (end: string) => [
      lambda(`crypto-watch-api-function${suffix}${end}`),
      lambda(`crypto-watch-price-update-function${suffix}${end}`),
    ]
    expect(Object.fromEntries(called)).toEqual({
      [`crypto-watch-bot-worker${suffix}`]: both(':live'),
      [`crypto-watch-before-traffic${suffix}`]: both(':*'),
      CodeDeployRole: [lambda(`crypto-watch-before-traffic${suffix}`)],
      EveryFiveMinutesRole: [lambda(`crypto-watch-price-update-function${suffix}:live`)],
      EveryMinuteRole: [lambda(`crypto-watch-bot-sweep${suffix}`)],
    })
  })

  it('nobody that runs may create, delete or change functions, alarms, roles or keys, but the remedy performer a few', () => {
    const harmful =
      /^(lambda:(Create|Delete|Put|Update(?!Alias$)|Publish|Add|Remove)|iam:|kms:|cloudwatch:(Put|Delete|Set|Disable)|apigateway:|codedeploy:(Create|Delete|Update))/
    const allowed = grants(stage).filter(({ action }) => harmful.test(action))
    const actionsOf = Map.groupBy(allowed, ({ who }) => holder(stage, who))
    expect(
      Object.fromEntries([...actionsOf].map(([who, held]) => [who, [...new Set(held.map(({ action }) => action))]])),
    ).toEqual({
      [`crypto-watch-bot-remedy${suffix}`]: [
        'apigateway:GET',
        'apigateway:PATCH',
        'apigateway:POST',
        'lambda:PutFunctionConcurrency',
      ],
      // SNS asks for both on behalf of whoever publishes to an encrypted topic.
      [`crypto-watch-bot-mailer${suffix}`]: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Deployer: [
        'lambda:PublishVersion',
        'lambda:DeleteFunction',
        'codedeploy:CreateDeployment',
        'cloudwatch:PutMetricAlarm',
        'apigateway:GET',
      ],
    })
  })

  it('only the remedy performer lists, reads, switches and issues API keys, and puts them on plans; nobody deletes one', () => {
    const gateway = (path: string) => arn(`apigateway:ap-northeast-1::${path}`)
    const verbs = ['GET', 'PATCH', 'POST', 'PUT', 'DELETE'].map((verb) => `apigateway:${verb}`)
    const held = [...holdersOf(stage, ...verbs)].map(([who, each]) => [who, each.map(({ action, on }) => [action, on])])
    expect(Object.fromEntries(held)).toEqual({
      [`crypto-watch-bot-remedy${suffix}`]: [
        ['apigateway:GET', gateway('/apikeys')],
        ['apigateway:GET', gateway('/apikeys/*')],
        ['apigateway:GET', gateway('/usageplans')],
        ['apigateway:PATCH', gateway('/apikeys/*')],
        ['apigateway:POST', gateway('/apikeys')],
        ['apigateway:POST', gateway('/usageplans/*/keys')],
      ],
      // The key of the smoke test.
      Deployer: [['apigateway:GET', gateway('/apikeys/*')]],
    })
  })

  it('only the remedy performer may say how many calls of a function run at a time, and only of the API', () => {
    const holders = holdersOf(stage, 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency')
    expect([...holders].map(([who, held]) => [who, held.map(({ action, on }) => [action, on])])).toEqual([
      [
        `crypto-watch-bot-remedy${suffix}`,
        [['lambda:PutFunctionConcurrency', lambda(`crypto-watch-api-function${suffix}`)]],
      ],
    ])
  })

  it('the workflow may release versions and hand templates to CloudFormation, and cannot touch a function itself', () => {
    const deployer = grants(stage).filter(({ who }) => holder(stage, who) === 'Deployer')
    const deletes = deployer.filter(({ action }) => action === 'lambda:DeleteFunction')
    // A function without a qualifier would be the whole function.
    for (const { on } of deletes) expect(on).toMatch(/-function(-staging)?:\*$/)
    const actions = new Set(deployer.map(({ action }) => action))
    expect([...actions]).not.toContain('lambda:UpdateAlias')
    expect(releaseCalls.filter((call) => !actions.has(call))).toEqual([])
    // What CodeDeploy itself asks for behind CreateDeployment, the templates, and the key of the smoke test.
    expect([...actions].filter((action) => !releaseCalls.includes(action)).toSorted()).toEqual([
      'apigateway:GET',
      'codedeploy:GetApplicationRevision',
      'codedeploy:GetDeploymentConfig',
      'codedeploy:RegisterApplicationRevision',
      'sts:AssumeRole',
    ])
    const [role] = made.resources(stage, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('Deployer'))
    const [trust] = role?.properties.AssumeRolePolicyDocument.Statement ?? []
    expect(trust).toMatchObject({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:hoshi/crypto-watch:environment:${stage}`,
        },
      },
    })
  })

  it('no action has a wildcard', () => {
    expect(grants(stage).filter(({ action }) => action.includes('*'))).toEqual([])
  })

  it('no resource has a wildcard, but for the one list with reasons', () => {
    const unexplained = grants(stage).filter(
      ({ action, on }) => on.includes('*') && whyWildcard(action, on) === undefined,
    )
    expect(unexplained).toEqual([])
  })

  it('policies of queues, topics and keys name who may come in, and from where', () => {
    const statements = made
      .resources(stage)
      .filter(({ type }) => ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::KMS::Key'].includes(type))
      .flatMap(({ type, properties }) =>
        ((properties.PolicyDocument ?? properties.KeyPolicy).Statement as (Statement & { Principal: object })[]).map(
          (each) => ({ type, ...each }),
        ),
      )
    expect(statements.length).toBeGreaterThan(10)
    for (const { type, Effect, Action, Principal } of statements) {
      if (Effect === 'Deny') continue
      expect(Principal).not.toEqual({ AWS: '*' })
      // The account keeps its key manageable; everybody else gets single actions.
      const isOwner = type === 'AWS::KMS::Key' && JSON.stringify(Principal).includes(':root')
      if (!isOwner) expect(list(Action).filter((action) => action.includes('*'))).toEqual([])
    }
  })

  it('secrets are read by those who need them, each its own', () => {
    const readers = [...holdersOf(stage, 'secretsmanager:GetSecretValue')].map(([who, held]) => [
      who,
      held.map(({ on }) => on),
    ])
    const slack = [arn(`secretsmanager:ap-northeast-1:123456789012:secret:crypto-watch/slack${suffix}-AbCdEf`)]
    expect(Object.fromEntries(readers)).toEqual({
      [`crypto-watch-bot-slack${suffix}`]: slack,
      [`crypto-watch-bot-sender${suffix}`]: slack,
      [`crypto-watch-bot-evidence${suffix}`]: slack,
      // It fills the modals of keys and shows a new one.
      [`crypto-watch-bot-remedy${suffix}`]: slack,
    })
  })

  it('the one public door is the function URL of slack, whose signature check is its lock', () => {
    const open = made
      .resources(stage, 'AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal === '*')
      .map(({ properties }) => properties)
    expect(open.map(({ Action }) => Action).toSorted()).toEqual(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'])
    for (const each of open) {
      expect(each.FunctionName).toMatch(/:function:crypto-watch-bot-slack(-staging)?$/)
      // Without this, anybody could call the function past its URL.
      expect(each.FunctionUrlAuthType === 'NONE' || each.InvokedViaFunctionUrl === true).toBe(true)
    }
    expect(made.resources(stage, 'AWS::Lambda::Url')).toHaveLength(1)
  })

  it('no two Lambdas share a role', () => {
    const roles = made.resources(stage, 'AWS::Lambda::Function').map(({ properties }) => properties.Role)
    expect(new Set(roles).size).toBe(roles.length)
  })
})

describe('a wildcard without a reason', () => {
  it.each([
    ['s3:GetObject', '*'],
    ['lambda:UpdateAlias', 'arn:aws:lambda:ap-northeast-1:123456789012:function:crypto-watch-*'],
    ['dynamodb:PutItem', 'arn:aws:dynamodb:ap-northeast-1:123456789012:table/*'],
  ])('stops the synthesis: %s on %s', (action, resource) => {
    const role = new Role(new Stack(), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    expect(() => acceptWildcards(role, [{ actions: [action], on: [resource] }])).toThrow(
      `${action} on ${resource} has no reason in infra/wildcards.ts.`,
    )
  })
})

describe('what may never be in a template', () => {
  it('no secret has a value, and none is drawn by AWS in place of the real one', () => {
    for (const stage of stageNames)
      for (const { properties } of made.resources(stage, 'AWS::SecretsManager::Secret'))
        expect(Object.keys(properties).toSorted()).toEqual(['Description', 'Name'])
  })

  it('no API key has a value', () => {
    for (const stage of stageNames)
      for (const { properties } of made.resources(stage, 'AWS::ApiGateway::ApiKey'))
        expect(properties.Value).toBeUndefined()
  })

  it('nothing in it looks like a token, and environments name secrets only', () => {
    for (const text of made.texts) expect(text).not.toMatch(/xox[abprs]-|xapp-|AKIA[A-Z0-9]{12}|-----BEGIN/)
    for (const stage of stageNames)
      for (const { properties } of made.resources(stage, 'AWS::Lambda::Function')) {
        const { SLACK_SECRET, COINGECKO_SECRET, ...others } = properties.Environment.Variables
        for (const name of [SLACK_SECRET, COINGECKO_SECRET].filter(Boolean)) expect(name).toMatch(/^crypto-watch\//)
        expect(Object.keys(others).filter((name) => /TOKEN|PASSWORD|SECRET|API_KEY/.test(name))).toEqual([])
      }
  })
})
