import type { Page, Response } from 'playwright-core';

/** A page as somebody may find it. */
export interface State {
  readonly name: string;
  readonly path: string;
  /** Nobody is signed in without one. */
  readonly login?: string;
  readonly status?: number;
  /** What the visitor does when the page is there; gives the answer that takes its place, if one does. */
  readonly act?: (page: Page) => Promise<Response | undefined>;
}

const home = (login: string, whose: string): State => ({ name: `the home page of ${whose}`, path: '/home', login });

const NOTHING_SPENT = '/report/report.spending?period=other&periodstart=2020-01-01&periodend=2020-01-31';

export const STATES: readonly State[] = [
  home('alice', 'a customer'),
  home('bob', 'another customer'),
  home('nora', 'a customer with nothing'),
  home('max', 'a customer with 200 services'),
  home('long', 'a customer with long names'),
  home('unbroken', 'a customer with one unbroken word'),
  home('admin', 'staff'),
  home('dana', 'somebody who works for a customer'),
  { name: 'a report', path: '/report/report.spending', login: 'alice' },
  { name: 'a report of many services', path: '/report/report.spending?period=nolimit', login: 'max' },
  { name: 'a report with a course', path: '/report/report.tickets', login: 'alice' },
  { name: 'a report of two dates in which there is nothing', path: NOTHING_SPENT, login: 'alice' },
  { name: 'a report of a customer with nothing', path: '/report/report.spending', login: 'nora' },
  { name: 'the history of accounts', path: '/list/account.history', login: 'alice' },
  { name: 'a sorted list with pages', path: '/list/service?sort=-cost&page=2', login: 'max' },
  { name: 'a list sorted by two columns', path: '/list/service?sort=-cost,name', login: 'max' },
  { name: 'a filtered list', path: '/list/service?find=a&status=active&rows=10', login: 'max' },
  { name: 'a list in which nothing matches', path: '/list/payment?find=nowhere', login: 'alice' },
  { name: 'a list with chosen rows', path: '/list/service', login: 'alice', act: choose },
  { name: 'a list of staff', path: '/list/customer?find=e', login: 'admin' },
  { name: 'a list without rows', path: '/list/payment', login: 'nora' },
  {
    name: 'the open menu',
    path: '/list/account',
    login: 'alice',
    act: openMenu,
  },
  { name: 'an order', path: '/form/service.order?group=domain', login: 'alice' },
  { name: 'the order of a customer with nothing', path: '/form/service.order', login: 'nora' },
  { name: 'an order that was refused', path: '/form/service.order', login: 'alice', act: orderWrongly },
  { name: 'a renewal of several services', path: `/form/service.renew?${elids(2, 4, 13)}`, login: 'alice' },
  { name: 'a renewal that is too dear', path: `/form/service.renew?${elids(1, 2, 4, 7, 10, 13, 14)}`, login: 'alice' },
  { name: 'auto-renew of several services', path: `/form/service.autorenew?${elids(3, 4, 14)}`, login: 'alice' },
  { name: 'the form that adds funds', path: '/form/payment.add', login: 'alice' },
  { name: 'the form that cancels a payment', path: '/form/payment.add', login: 'alice', act: openCancelling },
  { name: 'the bank of the demo', path: '/form/payment.add', login: 'alice', act: goToBank },
  { name: 'a payment that is made', path: '/form/payment.add', login: 'alice', act: answerAs('yes') },
  { name: 'a payment that is refused', path: '/form/payment.add', login: 'alice', act: answerAs('no') },
  { name: 'a payment that nothing is heard of', path: '/form/payment.add', login: 'alice', act: answerAs('nothing') },
  { name: 'a page that does not exist', path: '/nowhere', login: 'alice', status: 404 },
  { name: 'the documentation', path: '/help', login: 'alice' },
  { name: 'the sign-in page', path: '/signin?next=%2Flist%2Fticket' },
  { name: 'a refused sign-in', path: '/signin', act: refuse },
  { name: 'a sign-in after too many wrong ones', path: '/signin', act: refuseForLong },
  { name: 'the documentation for staff', path: '/help', login: 'admin' },
  { name: 'the settings', path: '/form/usrparam', login: 'alice' },
  { name: 'the settings of somebody without sums', path: '/form/usrparam', login: 'dana' },
  { name: 'a password that is refused', path: '/form/usrparam', login: 'alice', act: refusePassword },
  { name: 'a sign-in that is to end', path: '/list/session', login: 'alice', act: askToSignOut },
  { name: 'a home page with a folded block', path: '/home', login: 'dana', act: toggle('fold') },
  { name: 'a home page with a block that was opened', path: '/home', login: 'dana', act: toggle('open') },
  { name: 'the page that arranges the home page', path: '/customise', login: 'alice' },
  { name: 'an arranged page', path: '/customise', login: 'dana', act: arrange },
  { name: 'the sign-ins of a customer', path: '/list/session', login: 'alice' },
];

/** What notices and framed pages look like. */
export const NOTICE_STATES: readonly State[] = [
  home('alice', 'a customer with notices of all kinds and a page in a frame'),
];

/** What a broken layout and a provider that fails look like. */
export const BROKEN_STATES: readonly State[] = [
  home('admin', 'staff while a layout is broken'),
  home('alice', 'a customer while a block fails'),
];

function elids(...ids: readonly number[]): string {
  return ids.map((id) => `elid=${id}`).join('&');
}

async function orderWrongly(page: Page): Promise<Response> {
  await page.locator('#f-name').fill('x');
  await page.locator('#f-name').evaluate((input) => ((input as HTMLInputElement).value = 'a\u0007b'));
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('[name=clicked_button]').click();
  await page.locator('#form-told').waitFor();
  return answer;
}

/** Folds or opens the list of services; twice, nothing is changed. */
function toggle(act: 'fold' | 'open') {
  return (page: Page) => press(page, `#block-services .fold [value=${act}]`, /^\/home$/);
}

/** Hides a block and takes that back. */
async function arrange(page: Page): Promise<undefined> {
  await page.locator('#services-hide').click();
  await page.locator('#services-show').waitFor();
  await page.locator('#undo').click();
  await page.locator('#services-hide').waitFor();
}

async function choose(page: Page): Promise<undefined> {
  for (const at of [0, 2]) await page.locator('.pick input').nth(at).check();
}

async function openMenu(page: Page): Promise<undefined> {
  await page.locator('.menu summary').click();
}

async function refuse(page: Page): Promise<Response> {
  await page.locator('#login').fill('alice');
  await page.locator('#password').fill('wrong');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('[type=submit]').click();
  await page.locator('#problem').waitFor();
  return answer;
}

/** The page that the button leads to, over any number of others. */
async function press(page: Page, button: string, path: RegExp): Promise<Response> {
  const answer = page.waitForResponse((response) => path.test(new URL(response.url()).pathname) && response.ok());
  await page.locator(button).click();
  return answer;
}

async function goToBank(page: Page): Promise<Response> {
  await page.locator('[name=amount]').fill('25');
  const answer = await press(page, '.form-foot [type=submit]', /^\/bank\//);
  await page.locator('[name=answer]').first().waitFor();
  return answer;
}

function answerAs(answer: 'yes' | 'no' | 'nothing') {
  return async (page: Page): Promise<Response | undefined> => {
    await goToBank(page);
    await press(page, `[name=answer][value=${answer}]`, /^\/payment\/return\//);
    await page.locator('.receipt').waitFor();
    // Without looking again by itself in the middle of what follows.
    return (await page.goto(`${page.url()}?looked=9`)) ?? undefined;
  };
}

/** Of the payment that was begun last. */
async function openCancelling(page: Page): Promise<Response | undefined> {
  await page.goto('/list/payment');
  await page.locator('.pick input').first().check();
  const answer = page.waitForResponse(/payment\.cancel/);
  await page.locator('.group [formaction*="payment.cancel"]').click();
  await page.waitForURL(/payment\.cancel/);
  return answer;
}

async function refuseForLong(page: Page): Promise<Response> {
  for (let count = 0; count < 10; count += 1) {
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    await page.request.post('/signin', { headers, form: { login: 'alice', password: 'wrong' } });
  }
  return refuse(page);
}

async function refusePassword(page: Page): Promise<Response> {
  await page.locator('details.form-page summary').click();
  await page.locator('#f-password').fill('four words in a row');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('.form .button.is-main').click();
  await page.locator('#error-current').waitFor();
  return answer;
}

async function askToSignOut(page: Page): Promise<Response> {
  const answer = page.waitForResponse((response) => response.url().includes('/form/session.close'));
  await page.locator('a[href^="/form/session.close"]').first().click();
  await page.locator('#form').waitFor();
  return answer;
}
