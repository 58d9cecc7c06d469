/** What a page must not have: markup that is not valid, and barriers for people. */
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import type { Page } from 'playwright-core';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // CSS makes cards of rows, and some browsers then forget that it is a table: so its roles are written out.
    'no-redundant-role': 'off',
    // Each row that is chosen sends its key under the same name.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'submit', 'checkbox'] }],
  },
});

export async function faultsOfMarkup(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  const messages = results.flatMap((result) => result.messages);
  return messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`);
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in the page as it is now. It loads no style sheets: of a page in parts it would write them into the page. */
export async function barriers(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(TAGS);
  return textsOf((await axe.analyze()).violations);
}

export type Findings = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

export const textsOf = (findings: Findings) =>
  findings.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
