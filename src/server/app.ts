/** The server: what a request passes, and where each address leads. */
import { METHODS } from 'node:http';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import type { ServerOptions, State } from './context.ts';
import { errors } from './middleware/errors.ts';
import { headers } from './middleware/headers.ts';
import { requestLog } from './middleware/request-log.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { visitor } from './middleware/visitor.ts';
import { assets } from './routes/assets.ts';
import { bankAnswer, bankPage } from './routes/bank.ts';
import { change, customise, ownFile, takeFile } from './routes/customise.ts';
import { events } from './routes/events.ts';
import { form, submit } from './routes/forms.ts';
import { help, list, report } from './routes/functions.ts';
import { live, ready } from './routes/health.ts';
import { again, block, home, start } from './routes/home.ts';
import { dismiss } from './routes/notices.ts';
import { comeBack, leave, notify } from './routes/payments.ts';
import { settings } from './routes/settings.ts';
import { signIn, signInPage, signOut } from './routes/sign-in.ts';

/** A form is small; anything longer is answered 413. */
const FORM_LIMIT = '16kb';
/** Long texts are written in some forms. */
const TEXT_LIMIT = '256kb';
const FORM_TYPE = 'application/x-www-form-urlencoded';

export function createApp(
  options: ServerOptions,
  isStopping: () => boolean = () => false,
  stopping: AbortSignal = new AbortController().signal,
): Koa<State> {
  const isSecure = options.origin?.startsWith('https:') === true;
  const app = new Koa<State>({ env: 'production' });
  app.silent = true; // errors are logged by the middleware, with the id that the visitor sees
  const forms = bodyParser({ enableTypes: ['form'], formLimit: FORM_LIMIT });
  // Read as it is: names with brackets are names, and no objects.
  const texts = bodyParser({ enableTypes: ['text'], extendTypes: { text: [FORM_TYPE] }, textLimit: TEXT_LIMIT });
  const router = new Router<State>({ methods: METHODS })
    .get('/livez', live())
    .get('/readyz', ready(options, isStopping))
    .get('/assets/:file', assets(options))
    .get('/', start(options))
    .get('/home', home(options))
    .get('/again/:block', again())
    .get('/block/:name', block(options))
    .get('/customise', customise(options))
    .post('/customise', forms, change(options))
    .get('/customise/file', ownFile(options))
    .post('/customise/file', takeFile(options))
    .get('/events', events(options, stopping))
    .post('/notice/:block', forms, dismiss(options))
    .get('/list/:func', list(options))
    .get('/report/:func', report(options))
    .get('/form/:func', form(options))
    .post('/form/:func', texts, submit({ ...options, isSecure }))
    .get('/pay/:reference', leave(options))
    .get('/payment/return/:reference', comeBack(options))
    .post('/payment/notify/:method', notify(options))
    .get('/help', help(options))
    .get('/signin', signInPage({ ...options, isSecure }))
    .post('/signin', forms, signIn({ ...options, isSecure }))
    .post('/signout', forms, signOut({ ...options, isSecure }))
    .post('/settings', forms, settings(options));
  if (options.bank) {
    const demo = { ...options, bank: options.bank };
    router.get('/bank/:method', bankPage(demo)).post('/bank/:method', forms, bankAnswer(demo));
  }
  app.use(requestLog(options));
  app.use(headers({ isSecure, frames: options.frames }));
  app.use(errors(options));
  app.use(sameOrigin(options));
  app.use(visitor({ ...options, isSecure }));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
