// Requests made up at random, the same at every run.

/** Numbers that look random (mulberry32), and what is picked by them. */
export class Dice {
  #seed;

  constructor(seed) {
    this.#seed = seed;
  }

  /** From 0 to below 1. */
  number() {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to below `end`. */
  below(end) {
    return Math.floor(this.number() * end);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** Up to `most` of what `make` makes. */
  times(most, make) {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

const LETTERS = [...'abcXYZ019-._~!\'()*+,;=:@&$ /?#[]%"<>\\^`{|}äß日本🔥'];
const HOSTS = [
  ['execute-api', 'a1b2c3.execute-api.eu-central-1.amazonaws.com', 'eu-central-1'],
  ['s3', 'my-bucket.s3.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['dynamodb', 'dynamodb.us-east-2.amazonaws.com', 'us-east-2'],
  ['appsync', 'abc.appsync-api.ap-southeast-2.amazonaws.com', 'ap-southeast-2'],
  ['lambda', 'xyz.lambda-url.eu-west-3.on.aws', 'eu-west-3'],
];

/** As AWS wants it: encodeURIComponent leaves five letters too many. */
export const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Any text of up to so many letters. */
export const word = (dice, most = 8) => dice.times(most, () => dice.pick(LETTERS)).join('');

/**
 * A part of a path in the form in which it is sent: browsers resolve `.` and `..`. An encoded slash is one of the key to S3,
 * which signers don't know that never send one (url-signatures.test.mjs).
 */
export function segment(dice, service) {
  const text = service === 's3' ? word(dice).replaceAll('/', '') : word(dice);
  return encoded(text).replace(/^\.\.?$/, '...');
}

/** A request: its parts, and the `url` of them. */
export function madeUp(dice) {
  const [service, host, region] = dice.pick(HOSTS);
  const path = `/${dice.times(4, () => dice.pick([segment(dice, service), segment(dice, service), '...', '.a', ''])).join('/')}`;
  const query = dice.times(4, () => [word(dice, 5) || 'q', word(dice)]);
  const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const headers = Object.fromEntries(dice.times(3, () => [`x-app-${dice.below(9)}`, ` ${dice.pick(['a', 'b  c', '  d', '~', '"q"'])} `]));
  const method = dice.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']);
  const body = method === 'GET' || method === 'HEAD' ? undefined : dice.pick([undefined, '', word(dice, 40), JSON.stringify({ a: word(dice) })]);
  return { service, host, region, path, query, url: `https://${host}${path}${search && `?${search}`}`, headers, method, body };
}
