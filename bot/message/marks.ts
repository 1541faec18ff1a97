/** One sign for each severity, in headlines and lists. */
export const marks = { Critical: '🔴', High: '🟠', Medium: '🟡', Low: '🔵' } as const

/** Nothing rings: the colour of the severity would call for somebody. */
export const quietMark = '⚪'
