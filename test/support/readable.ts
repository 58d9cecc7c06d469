/** Markup with its signs as a browser reads them: `&#8364;12.50` is `€12.50`. What is escaped for safety stays so. */
export function readable(markup: string): string {
  return markup.replace(/&#(\d{3,});/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
