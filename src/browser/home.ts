/**
 * The little script of the home page: it keeps blocks current. The page is the same without it, and complete before it. No
 * inline script, no eval; htmx is loaded when there is something new to draw.
 */
import './told.ts';
import { begin } from './fresh.ts';

begin();
