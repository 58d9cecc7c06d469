import { Integer, Object as ObjectSchema, Optional, String as StringSchema } from 'typebox';
import { framesPattern } from './frames.ts';
import { peersPattern } from './peers.ts';
import { limitsPattern } from './xml/limits.ts';

/** Every setting, declared once: environment, flags, types, errors and the table in README.md are made from it. */
export const configurationSchema = ObjectSchema({
  HOST: StringSchema({ minLength: 1, default: '127.0.0.1', about: 'Address to listen on.' }),
  PORT: Integer({ minimum: 0, maximum: 65_535, default: 3000, about: 'Port to listen on; 0 picks a free one.' }),
  DATABASE_URL: StringSchema({
    pattern: '^(sqlite:.+|postgres(ql)?://.+)$',
    default: 'sqlite:data/lintel.sqlite',
    about: 'The store: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.',
  }),
  LINTEL_CONTENT: Optional(StringSchema({ minLength: 1, about: 'Folder with your layouts/, data/ and templates/.' })),
  LINTEL_MANAGER: StringSchema({
    pattern: '^[a-z][a-z0-9]*$',
    default: 'billmgr',
    about: 'First word of layout file names.',
  }),
  LINTEL_ORIGIN: Optional(
    StringSchema({
      pattern: '^https?://[^/]+$',
      about: 'Public origin, as https://panel.example.com; required outside of loopback.',
    }),
  ),
  LINTEL_PROXY: Integer({
    minimum: 0,
    maximum: 9,
    default: 0,
    about: 'How many proxies of yours stand in front; their X-Forwarded-For says who asks.',
  }),
  LINTEL_FEATURES: Optional(
    StringSchema({
      pattern: '^[\\w.-]+([ ,]+[\\w.-]+)*$',
      about: 'Features that there are, divided by spaces or commas; an element with another in `if` does not exist.',
    }),
  ),
  LINTEL_METRICS: Optional(
    StringSchema({
      pattern: '^([A-Za-z0-9.-]+:|\\[[0-9a-fA-F:]+\\]:)?[0-9]{1,5}$',
      about: 'Where /metrics is for Prometheus, as 9464 or 10.0.0.5:9464; nowhere when it is missing.',
    }),
  ),
  LINTEL_CONFIG: Optional(
    StringSchema({
      minLength: 1,
      about: 'Module that exports your providers, forms, payment methods and block kinds.',
    }),
  ),
  LINTEL_FRAMES: Optional(
    StringSchema({
      pattern: framesPattern,
      about: 'Sites whose pages blocks of type url may show, as status.example.com *.example.org.',
    }),
  ),
  LINTEL_PSEUDO: Optional(
    StringSchema({
      pattern: '^(yes|no)$',
      about: 'With yes, visitors may choose a language made up for trying pages: accents, brackets, longer words.',
    }),
  ),
  LINTEL_SOURCES: Optional(
    StringSchema({
      pattern: peersPattern,
      about: 'Hosts that sources of lists may call, as crm.example.com private:http://10.0.0.5:8080.',
    }),
  ),
  LINTEL_XML_LIMITS: Optional(
    StringSchema({
      pattern: limitsPattern,
      about: 'How large an XML file may be, as bytes=4M depth=100 elements=50000 attributes=64 value=64K text=256K.',
    }),
  ),
});
