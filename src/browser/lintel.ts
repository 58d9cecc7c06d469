/**
 * The little script of list and form pages. Everything works without it, by whole pages: htmx and the attributes in the
 * templates only spare the reload, and each file here adds one courtesy. No inline script, no `hx-on`, no eval.
 */
import 'htmx.org';
import './busy.ts';
import './picks.ts';
import './refill.ts';
import './region.ts';
import './sorting.ts';
