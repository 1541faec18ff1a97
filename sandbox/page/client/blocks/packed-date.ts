/** The library hands on the format of a date and drops the rest, so the rest travels inside the format. */
export const packed = (format: string, url: string | undefined, fallback: string | undefined): string =>
  JSON.stringify([format, url ?? null, fallback ?? null])

export interface PackedDate {
  format: string
  url: string | undefined
  fallback: string | undefined
}

export function unpacked(inside: string): PackedDate {
  const [format, url, fallback] = JSON.parse(inside) as [string, string | null, string | null]
  return { format, url: url ?? undefined, fallback: fallback ?? undefined }
}
