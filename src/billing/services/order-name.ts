import type { FormSubmission, MessageValues, Refused } from '../../form.ts';
import { endingOf, misfit, readable } from './domain-name.ts';
import { notAsked } from './order-choice.ts';
import type { Product } from './price-list.ts';

/** How a service is called, and its domain where it has one. */
export interface Named {
  readonly name: string;
  readonly domain: string | null;
}

/** The name of a service that is ordered: its domain, what was typed, or that of the product; or why it cannot be that. */
export async function nameOf(product: Product, call: FormSubmission): Promise<Named | Refused> {
  const { values } = call;
  if (notAsked(product.kind).includes('domain')) {
    const typed = typeof values.name === 'string' ? values.name : undefined;
    return { name: typed ?? (await freeName(product, call)), domain: null };
  }
  const domain = readable(String(values.domain ?? ''));
  if (domain === '') return { refused: { domain: 'domain_unreadable' } };
  if (product.kind === 'domain') {
    const refusal = await refuseDomain(product, domain, call);
    if (refusal) return { refused: { domain: refusal } };
  }
  // A wildcard certificate is for every name before the domain.
  const name = product.kind === 'certificate' && /wildcard/i.test(product.name) ? `*.${domain}` : domain;
  return { name, domain: name };
}

async function refuseDomain({ name }: Product, domain: string, { read }: FormSubmission): Promise<Refusal | undefined> {
  const ending = endingOf(name);
  const misfitting = ending === undefined ? undefined : misfit(domain, ending);
  if (misfitting) return { key: misfitting, values: { ending: ending ?? '' } };
  const taken = await read(TAKEN, { domain });
  return taken.length > 0 ? { key: 'domain_taken', values: { domain } } : undefined;
}

interface Refusal {
  readonly key: string;
  readonly values: MessageValues;
}

/** Somebody's order that is not paid yet keeps a domain from nobody else. */
const TAKEN = `
  select service.id from service join product on product.id = service.product_id
  where product.kind = 'domain' and service.domain = :domain
    and (service.status in ('active', 'suspended', 'expired')
      or (service.status = 'ordered' and service.customer_id = :customer))`;

/** `VPS NVMe-2`, and `VPS NVMe-2 (2)` for the next one. */
async function freeName({ name }: Product, { read }: FormSubmission): Promise<string> {
  const rows = await read('select name from service where customer_id = :customer and package = :name', { name });
  const taken = new Set(rows.map((row) => row.name));
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(free)) return free;
  }
}
