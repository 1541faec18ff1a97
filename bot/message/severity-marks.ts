/** The colour of a severity, for the eye that runs down a list. */
export const marks = { Critical: '🔴', High: '🟠', Medium: '🟡', Low: '🔵' } as const

/** Nothing rings: the colour of the severity would call for somebody. */
export const quietMark = '⚪'
