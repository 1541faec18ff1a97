import type { Env } from './env.ts'

/**
 * Settings of every AWS client: few tries and short limits, because a queue or the next sweep tries
 * again anyway, and a person may be waiting. `service` names the SDK's own per-service endpoint
 * variable, as in `AWS_ENDPOINT_URL_DYNAMODB`.
 */
export function awsClientSettings(env: Env, service: string, limitMs: number) {
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] ?? env.AWS_ENDPOINT_URL
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env
  return {
    region: env.AWS_REGION ?? 'ap-northeast-1',
    maxAttempts: 2,
    requestHandler: { requestTimeout: limitMs, connectionTimeout: 1_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(token !== undefined && { sessionToken: token }) },
      }),
  }
}
