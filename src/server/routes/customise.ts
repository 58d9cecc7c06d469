import { ownerOf } from '../../keep.ts';
import { readPreference } from '../../preference.ts';
import { ACTS, type Act } from '../../preference-change.ts';
import { LARGEST_FILE } from '../../user-file.ts';
import type { Context, ServerOptions, Visitor } from '../context.ts';
import { rawBody } from '../raw-body.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type Options = Pick<ServerOptions, 'engine' | 'sessions'>;

/** `/customise`: the visitor's own home page, block by block. */
export function customise({ engine }: Options) {
  return async (ctx: Context) => {
    const visitor = atHome(ctx, engine);
    if (!visitor) return;
    const asked = new URLSearchParams(ctx.querystring);
    const done = doneOf(asked.get('done') ?? '', asked.get('block') ?? '');
    const preference = readPreference(visitor.user.preference);
    await respond(ctx, await engine.customise.page(visitor.scope, { preference, done }));
  };
}

/** `POST /customise`: one change, on top of what other pages changed meanwhile; `back` leads to the home page. */
export function change({ engine, sessions }: Options) {
  return async (ctx: Context) => {
    const visitor = atHome(ctx, engine);
    if (!visitor) return;
    const fields = ctx.request.body as Readonly<Record<string, unknown>>;
    const [said, block] = [textIn(fields.act), textIn(fields.block)];
    const done = doneOf(said, block);
    if (!done) ctx.throw(400);
    const { act, name = textIn(fields.name) || undefined } = done;
    const { scope } = visitor;
    const isDone =
      act === 'undo'
        ? await engine.customise.undo(scope)
        : await engine.customise.change(scope, { act, block, name, to: textIn(fields.to) });
    if (!isDone) ctx.throw(409);
    sessions.forget(scope.user);
    engine.changed(ownerOf(scope));
    ctx.redirect(fields.back === 'home' ? `/home#block-${encodeURIComponent(block)}` : addressOf(said, block));
    ctx.status = 303;
  };
}

/** `/customise/file`: the page as a file of the family. */
export function ownFile({ engine }: Options) {
  return async (ctx: Context) => {
    const visitor = atHome(ctx, engine);
    if (!visitor) return;
    const { name, text } = engine.customise.file(visitor.scope, readPreference(visitor.user.preference));
    ctx.set('Content-Disposition', `attachment; filename="${name}"`);
    ctx.set('Cache-Control', 'private, no-store');
    ctx.type = 'application/xml; charset=utf-8';
    ctx.body = text;
  };
}

/** `POST /customise/file`: takes such a file over, and tells what of it does not carry over. */
export function takeFile({ engine, sessions, users }: Options & Pick<ServerOptions, 'users'>) {
  return async (ctx: Context) => {
    const visitor = atHome(ctx, engine);
    if (!visitor) return;
    const { scope } = visitor;
    const bytes = await sentFile(ctx);
    const untaken = bytes && (await engine.customise.read(scope, bytes));
    if (untaken) {
      sessions.forget(scope.user);
      engine.changed(ownerOf(scope));
    }
    const preference = readPreference((await users.byId(scope.user))?.preference);
    const done = { act: untaken ? ('import' as const) : ('unread' as const) };
    await respond(ctx, await engine.customise.page(scope, { preference, done, untaken }), untaken ? 200 : 422);
  };
}

/** The visitor, when the level has a home page. */
function atHome(ctx: Context, engine: Options['engine']): Visitor | undefined {
  const visitor = signedIn(ctx);
  if (visitor && !engine.hasHome(visitor.scope.level)) ctx.throw(404);
  return visitor;
}

const textIn = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');

/** What an `act` says: `up`, or `link-up:order` of a quick button. */
function doneOf(said: string, block: string) {
  const [first = '', name] = said.split(':', 2);
  const act = [...ACTS, 'undo' as const].find((known) => known === first);
  return act && { act: act as Act | 'undo', block, name };
}

function addressOf(said: string, block: string): string {
  return `/customise?${new URLSearchParams({ done: said, ...(block !== '' && { block }) }).toString()}`;
}

/** The bytes of the file in a form; undefined without one. */
async function sentFile(ctx: Context): Promise<Uint8Array | undefined> {
  const body = await rawBody(ctx.req, LARGEST_FILE + 2048);
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': ctx.get('Content-Type') } })
    .formData()
    .catch(() => undefined);
  const file = form?.get('file');
  return file && typeof file !== 'string' ? new Uint8Array(await file.arrayBuffer()) : undefined;
}
