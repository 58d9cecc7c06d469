/** A `:name` in an author's SELECT; the offsets count UTF-16 units of the text. */
export interface Parameter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** An author's SELECT, read far enough to be put into parentheses; `problem` says what forbids that. */
export interface Select {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  readonly problem: Problem | undefined;
}

export interface Problem {
  readonly problem: string;
  readonly near: string;
}

type Client = 'sqlite' | 'postgres';

const blank = /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/;
const string = /'(?:[^']|'')*'/;
const identifier = /"(?:[^"]|"")*"/;
const name = /:(?<name>[A-Za-z_]\w*)/;
const word = /[\w$]+/;
const any = /[\s\S]/;

/**
 * What one token can be. `foreign` is a parameter written in a way that only the statement around may use, `open` the
 * start of something that never ends.
 */
const tokens: Record<Client, RegExp> = {
  sqlite: oneOf(
    blank,
    string,
    identifier,
    /`(?:[^`]|``)*`|\[[^\]]*\]/,
    /::|(?<foreign>\?\d*|[$@][\w:]+|:\d+)/,
    name,
    word,
    /(?<open>['"`[]|\/\*)/,
    any,
  ),
  postgres: oneOf(
    blank,
    /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/,
    string,
    identifier,
    /\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$/,
    /::|(?<foreign>\$\d+)/,
    name,
    word,
    /(?<open>['"]|\/\*)/,
    any,
  ),
};

function oneOf(...kinds: RegExp[]): RegExp {
  return new RegExp(kinds.map(({ source }) => source).join('|'), 'y');
}

/** Reads one SELECT: its parameters, outside strings, comments and casts, and the first thing that is wrong with its outline. */
export function readSelect(sql: string, client: Client): Select {
  const pattern = tokens[client];
  const parameters: Parameter[] = [];
  const outline = createOutline();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const start = pattern.lastIndex;
    const { 0: token, groups = {} } = pattern.exec(sql) as RegExpExecArray;
    if (groups.blank) continue;
    if (groups.name && outline.end() === undefined)
      parameters.push({ name: groups.name, start, end: start + token.length });
    if (groups.foreign) outline.wrong(`a parameter is written like ":customer", not "${token}"`, token);
    if (groups.open) outline.wrong(`this ${token} is never closed`, token);
    outline.add(token, start);
  }
  return { text: sql.slice(0, outline.end()), parameters, problem: outline.problem() };
}

/** Follows parentheses and the semicolon that may stand at the end. */
function createOutline() {
  let problem: Problem | undefined;
  let depth = 0;
  let end: number | undefined;
  const wrong = (text: string, near: string) => {
    problem ??= { problem: text, near };
  };
  return {
    wrong,
    add(token: string, start: number) {
      if (end !== undefined) wrong('a query is one statement', token);
      if (token === ';') end ??= start;
      if (token === '(') depth += 1;
      if (token === ')') depth -= 1;
      if (depth < 0) wrong('this parenthesis was never opened', ')');
    },
    end: () => end,
    problem() {
      if (depth > 0) wrong('a parenthesis is never closed', '(');
      return problem;
    },
  };
}

/** The SELECT with its parameters as `placeholder` writes them, ended by a line break in case it ends with a comment. */
export function writeSelect({ text, parameters }: Select, placeholder: (name: string) => string): string {
  let sql = '';
  let from = 0;
  for (const { name, start, end } of parameters) {
    sql += text.slice(from, start) + placeholder(name);
    from = end;
  }
  return `${sql}${text.slice(from)}\n`;
}

/** The names of a SELECT's parameters, each once, in the order of their first use. */
export function parameterNames({ parameters }: Select): string[] {
  return [...new Set(parameters.map((parameter) => parameter.name))];
}
