import { z } from 'zod'
import { arnOf } from '../place.ts'
import type { Secrets } from '../secrets.ts'
import { type Operations, operation } from './operation.ts'

const GetSecretValue = z.strictObject({
  SecretId: z.string(),
  VersionStage: z.literal('AWSCURRENT').optional(),
})

/** A secret may be named by its ARN, which ends in six characters that Secrets Manager adds. */
const secretNameOf = (id: string): string => /:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id

export const secretsManagerOperations = (secrets: Secrets): Operations => ({
  GetSecretValue: operation(GetSecretValue, ({ SecretId }) => {
    const name = secretNameOf(SecretId)
    const { text, versionId } = secrets.get(name)
    return {
      ARN: arnOf.secret(name),
      Name: name,
      VersionId: versionId,
      SecretString: text,
      VersionStages: ['AWSCURRENT'],
    }
  }),
})
