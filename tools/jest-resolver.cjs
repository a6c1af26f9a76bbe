const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

/**
 * Resolves `./x.js` to `./x.ts`, as NodeNext writes it, in our own sources only: packages that really ship
 * `./x.js` are left alone (a `moduleNameMapper` would rewrite theirs too).
 */
module.exports = (chemin, options) => {
  if (/^\.{1,2}\/.*\.js$/.test(chemin) && !options.basedir.includes('node_modules')) {
    const source = resolve(options.basedir, chemin.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return options.defaultResolver(chemin, options);
};
