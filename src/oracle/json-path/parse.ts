import {
  type Call,
  type Comparable,
  FUNCTIONS,
  type FunctionName,
  isSingular,
  type JsonPath,
  type Operator,
  type Segment,
  type Selector,
  type Test,
} from './query.ts';

const BLANK = /[ \t\n\r]*/y;
const INTEGER = /-?(?:0|[1-9]\d*)/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SHORTHAND = /[A-Za-z_\u0080-\uD7FF\uE000-\u{10FFFF}][\w\u0080-\uD7FF\uE000-\u{10FFFF}]*/uy;
const OPERATOR = /==|!=|<=|>=|<|>/y;
const CALL = /([a-z][a-z_0-9]*)\(/y;
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '/': '/', '\\': '\\' };

/** Parses a query of RFC 9535. @throws SyntaxError with what is wrong, and where */
export function parseJsonPath(text: string): JsonPath {
  return new Parser(text).whole();
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonPath {
    if (!this.#takes('$')) this.#fail('it begins with $');
    const segments = this.#segments();
    if (this.#at < this.#text.length) this.#fail('this is not part of a path');
    return { from: '$', segments };
  }

  #segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      const before = this.#at;
      this.#blank();
      const segment = this.#segment();
      if (!segment) {
        this.#at = before;
        return segments;
      }
      segments.push(segment);
    }
  }

  #segment(): Segment | undefined {
    if (this.#takes('..')) return { descend: true, selectors: this.#next() === '[' ? this.#bracketed() : [this.#dotted()] };
    if (this.#takes('.')) return { descend: false, selectors: [this.#dotted()] };
    return this.#next() === '[' ? { descend: false, selectors: this.#bracketed() } : undefined;
  }

  #dotted(): Selector {
    if (this.#takes('*')) return { kind: 'wildcard' };
    return { kind: 'name', name: this.#match(SHORTHAND) ?? this.#fail('a name or * stands here') };
  }

  #bracketed(): Selector[] {
    this.#expect('[');
    const selectors: Selector[] = [];
    do {
      this.#blank();
      selectors.push(this.#selector());
      this.#blank();
    } while (this.#takes(','));
    this.#expect(']');
    return selectors;
  }

  #selector(): Selector {
    const next = this.#next();
    if (next === '"' || next === "'") return { kind: 'name', name: this.#string() };
    if (this.#takes('*')) return { kind: 'wildcard' };
    if (this.#takes('?')) {
      this.#blank();
      return { kind: 'filter', test: this.#or() };
    }
    const from = this.#integer();
    const before = this.#at;
    this.#blank();
    if (!this.#takes(':')) {
      this.#at = before;
      return { kind: 'index', index: from ?? this.#fail('a name in quotes, an index, a slice, * or ?… stands here') };
    }
    this.#blank();
    const to = this.#integer();
    const after = this.#at;
    this.#blank();
    if (!this.#takes(':')) {
      this.#at = after;
      return { kind: 'slice', from, to, step: 1 };
    }
    this.#blank();
    return { kind: 'slice', from, to, step: this.#integer() ?? 1 };
  }

  #integer(): number | undefined {
    const text = this.#match(INTEGER);
    if (text === undefined) return undefined;
    if (text === '-0' || !Number.isSafeInteger(Number(text)) || /\d/.test(this.#next())) this.#fail('this is no index');
    return Number(text);
  }

  #or(): Test {
    return this.#joined('||', 'or', () => this.#joined('&&', 'and', () => this.#basic()));
  }

  #joined(sign: string, kind: 'or' | 'and', one: () => Test): Test {
    const of = [one()];
    for (;;) {
      const before = this.#at;
      this.#blank();
      if (!this.#takes(sign)) {
        this.#at = before;
        return of.length === 1 ? of[0]! : { kind, of };
      }
      this.#blank();
      of.push(one());
    }
  }

  #basic(): Test {
    const not = this.#takes('!');
    if (not) this.#blank();
    if (this.#takes('(')) {
      this.#blank();
      const inner = this.#or();
      this.#blank();
      this.#expect(')');
      return not ? { kind: 'not', of: inner } : inner;
    }
    const left = this.#operand();
    const before = this.#at;
    this.#blank();
    const operator = not ? undefined : (this.#match(OPERATOR) as Operator | undefined);
    if (operator) {
      this.#blank();
      return { kind: 'compare', operator, left: this.#comparable(left), right: this.#comparable(this.#operand()) };
    }
    this.#at = before;
    const test = this.#alone(left);
    return not ? { kind: 'not', of: test } : test;
  }

  #alone(operand: Comparable): Test {
    if (operand.kind === 'path') return { kind: 'exists', path: operand.path };
    if (operand.kind === 'call' && FUNCTIONS[operand.call.name].gives === 'truth') return { kind: 'call', call: operand.call };
    return this.#fail('it must be compared with something');
  }

  #comparable(operand: Comparable): Comparable {
    if (operand.kind === 'path' && !isSingular(operand.path)) this.#fail('only a path to one place can be compared');
    if (operand.kind === 'call' && FUNCTIONS[operand.call.name].gives === 'truth')
      this.#fail(`${operand.call.name}() is true or false, and is not compared`);
    return operand;
  }

  #operand(): Comparable {
    const next = this.#next();
    if (next === '"' || next === "'") return { kind: 'literal', value: this.#string() };
    if (next === '$' || next === '@') {
      this.#at++;
      return { kind: 'path', path: { from: next, segments: this.#segments() } };
    }
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const)
      if (this.#takes(word)) return { kind: 'literal', value };
    const call = this.#matched(CALL);
    if (call) return { kind: 'call', call: this.#call(call[1]!) };
    const number = this.#match(NUMBER);
    return number === undefined ? this.#fail('a value, a path (@…) or a function stands here') : { kind: 'literal', value: Number(number) };
  }

  #call(name: string): Call {
    if (!Object.hasOwn(FUNCTIONS, name)) this.#fail(`there is no function ${name}`);
    const { takes } = FUNCTIONS[name as FunctionName];
    const args: Comparable[] = [];
    this.#blank();
    while (!this.#takes(')')) {
      if (args.length > 0) {
        this.#expect(',');
        this.#blank();
      }
      const arg = this.#operand();
      const needed = takes[args.length];
      if (needed === 'nodes' && arg.kind !== 'path') this.#fail(`${name}() takes a path`);
      args.push(needed === 'value' ? this.#comparable(arg) : arg);
      this.#blank();
    }
    if (args.length !== takes.length) this.#fail(`${name}() takes ${takes.length}`);
    return { name: name as FunctionName, args };
  }

  #string(): string {
    const quote = this.#text[this.#at++]!;
    let text = '';
    for (;;) {
      const letter = this.#text[this.#at++] ?? this.#fail('a quote is missing');
      if (letter === quote) return text;
      if (letter < ' ') this.#fail('a control character must be escaped');
      text += letter === '\\' ? this.#escaped(quote) : letter;
    }
  }

  #escaped(quote: string): string {
    const letter = this.#text[this.#at++] ?? '';
    if (letter === quote) return quote;
    if (letter !== 'u') return ESCAPES[letter] ?? this.#fail(`\\${letter} means nothing`);
    const high = this.#hex();
    if (high >= 0xdc00 && high <= 0xdfff) this.#fail('half a character');
    if (high < 0xd800 || high > 0xdbff) return String.fromCharCode(high);
    this.#expect('\\u');
    const low = this.#hex();
    if (low < 0xdc00 || low > 0xdfff) this.#fail('half a character');
    return String.fromCharCode(high, low);
  }

  #hex(): number {
    return Number.parseInt(this.#match(/[0-9A-Fa-f]{4}/y) ?? this.#fail('four hexadecimal digits stand here'), 16);
  }

  #next(): string {
    return this.#text[this.#at] ?? '';
  }

  #takes(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) this.#fail(`${text} is missing`);
  }

  #blank(): void {
    this.#match(BLANK);
  }

  #match(pattern: RegExp): string | undefined {
    return this.#matched(pattern)?.[0];
  }

  #matched(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #fail(why: string): never {
    throw new SyntaxError(`${why}, at character ${Math.min(this.#at, this.#text.length) + 1}`);
  }
}
