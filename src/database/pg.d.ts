/** The part of the driver that is used; its own types are a package that nothing else here needs. */
declare module 'pg' {
  export interface QueryConfig {
    readonly name?: string;
    readonly text: string;
    readonly values?: readonly unknown[];
  }

  export interface Result {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    /** `tableID` and `columnID` are 0 where a field is not a column of a table as it is. */
    readonly fields: readonly { readonly name: string; readonly tableID: number; readonly columnID: number }[];
  }

  export interface Client {
    readonly processID: number;
    query(query: QueryConfig): Promise<Result>;
    release(destroy?: boolean): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export interface Pool {
    connect(): Promise<Client>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect', listener: (client: Client) => void): this;
    end(): Promise<void>;
  }

  /** A connection of its own. */
  export interface Line {
    connect(): Promise<void>;
    query(query: QueryConfig): Promise<Result>;
    on(event: 'error' | 'end', listener: () => void): this;
    on(event: 'notification', listener: (message: { readonly payload?: string }) => void): this;
    end(): Promise<void>;
  }

  export interface Driver {
    readonly Client: new (settings: Readonly<Record<string, unknown>>) => Line;
    readonly Pool: new (settings: Readonly<Record<string, unknown>>) => Pool;
    readonly DatabaseError: new (...parameters: never[]) => Error;
    readonly types: { getTypeParser(type: number, format?: string): (value: string) => unknown };
  }

  const driver: Driver;
  export default driver;
}
