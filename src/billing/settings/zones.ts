import type { FormOption } from '../../form.ts';
import type { Words } from '../../words.ts';

/**
 * Every time zone under its region, with its offset from UTC now: `Berlin (UTC+1)`. Where the language is written in
 * other letters, its own name of the zone goes first: `Москва — Moscow (UTC+3)`. The zone `chosen` is there under its name,
 * though it may be an earlier or later name of one of them.
 */
export function zoneOptions(chosen: string, { language, text }: Words, now: Date): readonly FormOption[] {
  const regions = zonesIn(language, now);
  const titles = [...regions.keys()].map((region) => ({ region, group: region && text(`region_${region}`) }));
  const collator = new Intl.Collator(language);
  const options = titles
    .sort((a, b) => collator.compare(a.group, b.group))
    .flatMap(({ region, group }) => (regions.get(region) ?? []).map((zone) => ({ ...zone, group })));
  const named = sameZone(chosen);
  const isThere = options.some(({ key }) => key === named);
  if (!isThere) return [{ key: chosen, text: chosen, group: '' }, ...options];
  return options.map((option) => (option.key === named ? { ...option, key: chosen } : option));
}

/** The name by which `Intl` knows a zone. */
function sameZone(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

interface Zone {
  readonly key: string;
  readonly text: string;
}

const HOUR = 3_600_000;

/** To ask 400 zones takes some 40 ms: what was asked is kept, offsets for an hour. */
const kept = new Map<string, { readonly hour: number; readonly regions: ReadonlyMap<string, readonly Zone[]> }>();

/** The zones by the first word of their names, each region in the order of its language. */
function zonesIn(language: string, now: Date): ReadonlyMap<string, readonly Zone[]> {
  const hour = Math.floor(now.getTime() / HOUR);
  const known = kept.get(language);
  if (known?.hour === hour) return known.regions;
  const collator = new Intl.Collator(language);
  const zones = Intl.supportedValuesOf('timeZone')
    .map((key) => ({ key, text: nameOf(key, language, now) }))
    .sort((a, b) => collator.compare(a.text, b.text));
  const regions = new Map<string, Zone[]>([['', [{ key: 'UTC', text: 'UTC' }]]]);
  for (const zone of zones.filter(({ key }) => key.includes('/'))) {
    const region = zone.key.split('/')[0] ?? '';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  kept.set(language, { hour, regions });
  return regions;
}

/** Zones that `Intl` knows by names which their cities had. */
const RENAMED: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Faeroe: 'Faroe',
  Godthab: 'Nuuk',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
};

/** `America/Argentina/Salta` is `Salta, Argentina (UTC−3)`. */
function nameOf(zone: string, language: string, now: Date): string {
  const places = zone.split('/').slice(1).reverse();
  const place = places
    .map((name) => RENAMED[name] ?? name)
    .join(', ')
    .replaceAll('_', ' ');
  const own = partOf(zone, language, 'shortGeneric', now);
  const offset = partOf(zone, 'en', 'shortOffset', now).replace('GMT', 'UTC').replace('-', '−');
  const name = /\p{Script=Latin}/u.test(own) ? place : `${own} — ${place}`;
  return `${name} (${offset})`;
}

function partOf(zone: string, language: string, style: 'shortOffset' | 'shortGeneric', now: Date): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
