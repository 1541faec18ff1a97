import { AwsError } from '../aws-error.ts'

/** How many calls the account may run at once, unless AWS was asked for more. */
export const usualAccountLimit = 1_000

/** What must be left to functions that reserve nothing. */
const leftAtLeast = 100

/** Refuses a reservation that would leave too little to the other functions. */
export function checkReservation(wanted: number, account: { limit: number; reservedByOthers: number }): void {
  if (account.limit - account.reservedByOthers - wanted >= leftAtLeast) return
  throw new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leftAtLeast}].`,
    400,
    { Type: 'User' },
  )
}
