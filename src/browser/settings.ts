/** What the page says to its script: where htmx is, the visitor's time zone, and the words. */
export const settings: DOMStringMap = document.currentScript?.dataset ?? {};
