import { choice, defineElement, flag, integer, onFeature, optional, secret, text } from '../element.ts';

export const source = defineElement({
  name: 'source',
  about: 'An address that gives the rows of a list as JSON, or a panel of the family that does.',
  parents: ['metadata'],
  attributes: {
    type: optional(choice(['http', 'billmgr'], 'What answers there: a service of its own kind, `http`, by default.')),
    address: text(
      'Address, with placeholders in its path or behind it, as `https://crm.example.com/:customer/tickets`.',
    ),
    method: optional(choice(['GET', 'POST'], 'How it is asked; GET by default.')),
    body: optional(choice(['form', 'json'], 'How params are sent by POST; `form` by default.')),
    rows: optional(text('Path to the rows in the answer, as `data.items`; the answer itself by default.')),
    total: optional(text('Path to how many rows there are on all pages.')),
    owner: optional(text('Path to the owner in a row; the field of the owner by default.')),
    trusted: optional(
      flag('`yes`: rows name no owner, and the peer gives only those of the customer it is asked about.'),
    ),
    paging: optional(
      choice(['none', 'page', 'offset'], 'What the peer is asked for: all rows by default, `:page` or `:offset`.'),
    ),
    size: optional(integer(1, 1000, 'Rows on a page of the peer, `:limit`; 100 by default.')),
    timeout: optional(integer(100, 30_000, 'Milliseconds for one answer; 3000 by default.')),
    func: optional(text('Of a panel: the function that gives the list.')),
    su: optional(
      text('Of a panel: the login of the user it is asked for; `:login` by default when customers may call the list.'),
    ),
    auth: optional(choice(['session', 'authinfo'], 'Of a panel: how Lintel signs in; by a session, by default.')),
    secret: optional(secret('Of a panel: environment variable with `user:password`.')),
    ...onFeature,
  },
});
