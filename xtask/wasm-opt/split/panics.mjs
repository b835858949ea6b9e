// Panics without messages. In the npm package nobody gets to read one: a panic becomes the error `internal`.
import binaryen from 'binaryen';
import { assemble, topLevel } from './wat.mjs';

/** What the standard library makes and formats the message of a panic with. Shipped code formats nothing else. */
const PANICS = /^\$"?(core::panicking::|std::panicking::(?!panic_count)|core::slice::index::slice_\w*fail|core::str::slice_error_fail|core::(option|result)::(expect|unwrap)_failed|core::cell::panic_|std::thread::local::panic_|alloc::raw_vec::handle_error|alloc::alloc::handle_alloc_error|core::fmt::|<.* as core::fmt::\w+>::fmt|<.* as core::panic::PanicPayload>)/;

/** The forms with functions that only trap in place of these. */
export function withoutPanicMessages(forms) {
  const texts = forms.map(({ kind, name, text }) => (kind === 'func' && isOfPanics(name) ? `${text.split('\n')[0]} (unreachable))` : text));
  // Only calls of such functions are inlined.
  binaryen.setAlwaysInlineMaxSize(1);
  binaryen.setFlexibleInlineMaxSize(0);
  binaryen.setOneCallerInlineMaxSize(0);
  const clean = ['dce', 'vacuum', 'remove-unused-brs', 'remove-unused-names', 'merge-blocks', 'vacuum'];
  const withoutArguments = ['simplify-locals-nostructure', 'vacuum', 'coalesce-locals', 'vacuum', 'dce', 'vacuum'];
  return topLevel(assemble(texts, ['inlining', ...clean, ...withoutArguments]).emitText());
}

/** Names have hashes of their crates. */
const isOfPanics = (name) => PANICS.test(name.replace(/\[[0-9a-f]{16}\]/g, ''));
