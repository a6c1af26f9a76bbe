// What is installed is what was chosen: exact versions, sealed contents, no install script. Pure: files are given as read, and each
// function returns its faults, in French, none when all is well.
import { satisfies, valid } from 'semver';

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

/** Texts that only inform: a URL there is never fetched. */
const CHAMPS_DESCRIPTIFS = ['funding', 'deprecated', 'license'];

/** Every dependency of ours is one version: no range, no tag, no address. `manifestes`: path -> package.json. */
export function fautesDesVersions(manifestes) {
  return Object.entries(manifestes).flatMap(([chemin, manifeste]) => [
    ...SECTIONS.flatMap((section) => versions(manifeste[section]))
      .filter(([, version]) => valid(version) !== version)
      .map(([nom, version]) => `${chemin} : ${nom} « ${version} » n’est pas une version exacte.`),
    ...(manifeste.overrides && !manifeste.workspaces
      ? [`${chemin} : npm ne lit « overrides » que dans le package.json de la racine.`]
      : []),
  ]);
}

/** `overrides` may nest: { a: '1.0.0', b: { c: '2.0.0' } }. */
function versions(section = {}) {
  return Object.entries(section).flatMap(([nom, valeur]) =>
    typeof valeur === 'object' ? versions(valeur) : [[nom, valeur]],
  );
}

/** The lock file seals what comes from the registry, and names no machine: npm asks the registry that it is set to. */
export function fautesDuVerrou(chemin, verrou, sansEmpreinte) {
  const duRegistre = paquetsDuRegistre(verrou);
  const nus = duRegistre.filter(([, paquet]) => !/^sha512-[\w+/]{86}==$/.test(paquet.integrity ?? ''));
  const inutiles = Object.keys(sansEmpreinte).filter((nom) => !nus.some(([cle]) => nomDe(cle) === nom));
  return [
    ...nus
      .filter(([cle, paquet]) => !(nomDe(cle) in sansEmpreinte && paquet.optional && paquet.os))
      .map(([cle]) => `${chemin} : ${nomDe(cle)} n’a pas d’empreinte sha512.`),
    ...inutiles.map((nom) => `${chemin} : ${nom} a son empreinte, retirez-le de SANS_EMPREINTE.`),
    ...Object.entries(verrou.packages).flatMap(([cle, paquet]) => fautesDAdresse(chemin, cle, paquet)),
  ];
}

function fautesDAdresse(chemin, cle, paquet) {
  const utile = Object.entries(paquet).filter(([champ]) => !CHAMPS_DESCRIPTIFS.includes(champ));
  const adresse = /[\w+.-]+:\/\/[^"\s]*|git@[^"\s]*/.exec(JSON.stringify(utile))?.[0];
  if (adresse) return [`${chemin} : ${cle} vient d’une adresse (${adresse}), pas du registre.`];
  const ailleurs = paquet.resolved !== undefined && !paquet.link;
  return ailleurs ? [`${chemin} : ${cle} vient de « ${paquet.resolved} », pas du registre.`] : [];
}

/**
 * Install scripts run by name only, and none needs to: `.npmrc` runs none, and npm's own `allowScripts` names each package that has
 * one, with `false`. A package that gains a script in an update is seen here.
 */
export function fautesDesScripts(chemin, verrou, manifeste, npmrc) {
  const decides = manifeste.allowScripts ?? {};
  const avecScript = new Set(
    paquetsDuRegistre(verrou)
      .filter(([, paquet]) => paquet.hasInstallScript)
      .map(([cle]) => nomDe(cle)),
  );
  return [
    ...(/^ignore-scripts *= *true$/m.test(npmrc) ? [] : [`${chemin} : son .npmrc doit dire « ignore-scripts=true ».`]),
    ...[...avecScript]
      .filter((nom) => !(nom in decides))
      .map((nom) => `${chemin} : ${nom} a un script d’installation, à examiner puis à inscrire dans « allowScripts ».`),
    ...Object.entries(decides).flatMap(([nom, permis]) => {
      if (!avecScript.has(nom)) return [`${chemin} : ${nom} n’a pas de script, retirez-le de « allowScripts ».`];
      if (permis === false) return [];
      return [
        `${chemin} : « allowScripts » ne peut pas permettre ${nom}, « ignore-scripts » l’emporte (docs/adr/0053).`,
      ];
    }),
  ];
}

/**
 * One Node: what the host must have to begin, what the packages `node-*` bring, what the image and developers use, and what each
 * package asks for.
 */
export function fautesDesMoteurs({ manifeste, verrou, minimal, majeure, nvmrc, dockerfile }) {
  const maison = new Set(
    Object.entries(manifeste.optionalDependencies ?? {}).flatMap(([nom, v]) => (/^node-/.test(nom) ? [v] : [])),
  );
  const images = new Set([...dockerfile.matchAll(/^FROM node:([\d.]+)/gm)].map(([, version]) => version));
  const [version = ''] = maison;
  const attendus = [
    [
      manifeste.engines?.node === `>=${minimal.join('.')}`,
      `engines.node doit être >=${minimal.join('.')} (preparer.mjs)`,
    ],
    [maison.size === 1, `les paquets node-* ont plusieurs versions (${[...maison].join(', ')})`],
    [version.startsWith(`${majeure}.`), `les paquets node-* (${version}) ne sont pas de la version ${majeure}`],
    [images.size === 1 && images.has(version), `docker/Dockerfile (${[...images].join(', ')}) n’est pas en ${version}`],
    [nvmrc.trim() === String(majeure), `.nvmrc (${nvmrc.trim()}) n’est pas ${majeure}`],
    [
      manifeste.devDependencies?.['@types/node']?.startsWith(`${majeure}.`),
      `@types/node n’est pas de la version ${majeure}`,
    ],
  ];
  return [
    ...attendus.filter(([juste]) => !juste).map(([, faute]) => `Node : ${faute}.`),
    ...paquetsDuRegistre(verrou)
      .filter(([, { engines }]) => engines?.node && !satisfies(version, engines.node))
      .map(([cle, { engines }]) => `Node : ${nomDe(cle)} demande « ${engines.node} », pas ${version}.`),
  ];
}

/** [path in the tree, entry] of what comes from the registry: neither ours nor a link to ours. */
export function paquetsDuRegistre(verrou) {
  return Object.entries(verrou.packages).filter(([cle, paquet]) => cle.includes('node_modules/') && !paquet.link);
}

/** `@swc/core` for `node_modules/@swc/core`, nested or not. */
export function nomDe(cle) {
  return cle.slice(cle.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
