interface Place {
  partition: string
  region: string
  account: string
}

/** One resource of a template, with every reference filled in as AWS would. */
export interface Resource {
  id: string
  type: string
  // The shapes are CloudFormation's own, and each test looks at the few that it is about.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  properties: any
  deletionPolicy?: string
  updateReplacePolicy?: string
  dependsOn?: readonly string[]
}

export interface Template {
  resources: Resource[]
  outputs: Record<string, unknown>
}

interface RawResource {
  Type: string
  Properties?: Record<string, unknown>
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
  DependsOn?: string | string[]
}

/** The property that holds a resource's name, by its type. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::Events::Rule': 'Name',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
}

/** Fills in what a template refers to: pseudo parameters, names and ARNs. What it does not know fails loudly. */
export function readTemplate(
  raw: { Resources: Record<string, RawResource>; Outputs?: object },
  place: Place,
): Template {
  const { partition, region, account } = place
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': '',
  }
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`

  function nameOf(id: string): string {
    const resource = raw.Resources[id]
    if (resource === undefined) throw new Error(`The template refers to ${id}, which it does not have.`)
    const named = resource.Properties?.[nameProperties[resource.Type] ?? '']
    return named === undefined ? id : String(fill(named))
  }

  function ref(id: string): string {
    if (id in pseudo) return pseudo[id] ?? ''
    const name = nameOf(id)
    switch (raw.Resources[id]?.Type) {
      case 'AWS::SQS::Queue':
        return `https://sqs.${region}.amazonaws.com/${account}/${name}`
      case 'AWS::SNS::Topic':
        return arn('sns', name)
      case 'AWS::SecretsManager::Secret':
        return arn('secretsmanager', `secret:${name}-AbCdEf`)
      default:
        return name
    }
  }

  function attribute(id: string, name: string): string {
    const type = raw.Resources[id]?.Type
    const own = nameOf(id)
    if (name === 'Arn')
      switch (type) {
        case 'AWS::Lambda::Function':
          return arn('lambda', `function:${own}`)
        case 'AWS::SQS::Queue':
          return arn('sqs', own)
        case 'AWS::DynamoDB::GlobalTable':
          return arn('dynamodb', `table/${own}`)
        case 'AWS::Logs::LogGroup':
          return arn('logs', `log-group:${own}:*`)
        case 'AWS::KMS::Key':
          return arn('kms', `key/${own}`)
        case 'AWS::Events::Rule':
          return arn('events', `rule/${own}`)
        case 'AWS::IAM::Role':
          return `arn:${partition}:iam::${account}:role/${own}`
        default:
          throw new Error(`No test knows the ARN of a ${type}.`)
      }
    return `${own}.${name}`
  }

  function fill(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    const [[key, inner] = [], ...others] = Object.entries(value)
    if (others.length === 0) {
      if (key === 'Ref') return ref(String(inner))
      if (key === 'Fn::GetAtt') return attribute(...(inner as [string, string]))
      if (key === 'Fn::Join') {
        const [separator, parts] = inner as [string, unknown[]]
        return parts.map((part) => String(fill(part))).join(separator)
      }
      if (key === 'Fn::Sub' && typeof inner === 'string')
        return inner.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => ref(name))
      if (key?.startsWith('Fn::')) throw new Error(`No test knows ${key}.`)
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each)]))
  }

  return {
    resources: Object.entries(raw.Resources).map(([id, resource]) => ({
      id,
      type: resource.Type,
      properties: fill(resource.Properties ?? {}),
      ...(resource.DeletionPolicy !== undefined && { deletionPolicy: resource.DeletionPolicy }),
      ...(resource.UpdateReplacePolicy !== undefined && { updateReplacePolicy: resource.UpdateReplacePolicy }),
      ...(resource.DependsOn !== undefined && { dependsOn: [resource.DependsOn].flat() }),
    })),
    outputs: Object.fromEntries(Object.entries(raw.Outputs ?? {}).map(([name, { Value }]) => [name, fill(Value)])),
  }
}

/** What CloudFormation reads from Parameter Store when it deploys a template. */
const dynamicReference = /\{\{resolve:ssm:([^}]+)\}\}/g

/** Fills in the parameters that another template of the stage writes. One that none of them writes fails loudly. */
export function withParameters(templates: readonly Template[]): Template[] {
  const written = new Map(
    templates
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => type === 'AWS::SSM::Parameter')
      .map(({ properties }) => [String(properties.Name), String(properties.Value)]),
  )
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each)]))
    if (typeof value !== 'string') return value
    return value.replace(dynamicReference, (_whole, name: string) => {
      const found = written.get(name)
      if (found === undefined) throw new Error(`No template of the stage writes the parameter ${name}.`)
      return found
    })
  }
  return templates.map(({ resources, outputs }) => ({
    outputs,
    resources: resources.map((resource) => ({ ...resource, properties: resolved(resource.properties) })),
  }))
}
