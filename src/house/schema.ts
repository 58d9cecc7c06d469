import {
  Array as ArraySchema,
  Enum,
  Object as ObjectSchema,
  Optional,
  type Static,
  String as StringSchema,
} from 'typebox';

const text = (about: string) => StringSchema({ minLength: 1, maxLength: 1000, about });

/** A file of `layouts/rules/`, declared once: its check, its types and what is said about slips in it. */
export const houseSchema = ObjectSchema(
  {
    $schema: Optional(text('Address of a schema, for an editor.')),
    rules: ArraySchema(
      ObjectSchema(
        {
          name: StringSchema({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60, about: 'Its code is house/NAME.' }),
          about: Optional(text('What it is for, and why; shown by lintel explain.')),
          select: text('Which elements it is about.'),
          assert: Optional(text('What must be true of them; without it there may be none.')),
          message: text('What is wrong; {…} holds an expression.'),
          hint: Optional(text('What to do.')),
          severity: Optional(Enum(['error', 'warning', 'info'], { about: 'A warning by default.' })),
          level: Optional(text('Only in layouts of these access levels.')),
          path: Optional(text('Only in these files: layouts/*_5.xml, data/**.')),
        },
        { additionalProperties: false },
      ),
      { maxItems: 1000 },
    ),
  },
  { additionalProperties: false },
);

export type HouseFile = Static<typeof houseSchema>;
export type HouseRule = HouseFile['rules'][number];
