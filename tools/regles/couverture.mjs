// What the catalogue asks of a dispositif, held against its declaration, the sources and the tests. Pure: texts in, a report out.
import { litteraux } from './litteraux.mjs';

const ID = '[A-Z]+-[A-Z]+-(?:\\d{2}|[A-Z]\\d?)';
const LIGNE = new RegExp(`^\\| (${ID}) \\|(.*)$`, 'gm');
/** Rules, ambiguities and transverse demands, as a text cites them. */
const CITATION = new RegExp(`\\b(?:${ID}|AMB-\\d{3}|TRANS-\\d{2})(?![A-Z0-9-])`, 'g');
/** Where a declaration says that a rule is not computable: that is not implementing it. */
const NON_CALCULABLE = /regle:\s*'[^']*',\s*pourquoi:/g;

export const ETATS = {
  FAITE: 'implémentées et testées',
  NON_CALCULABLE: 'non calculables',
  MANQUANTE: 'manquantes',
};

/**
 * The rules of docs/regles.md by id, each with its family and level; `S` is a silence of the text, settled by the ambiguities cited.
 * `ids` are all that tests may cite: rules, ambiguities, transverse demands.
 */
export function lireCatalogue(texte) {
  const regles = new Map();
  for (const [, id, suite] of texte.matchAll(LIGNE)) {
    const [prefixe, famille] = id.split('-');
    const cellules = suite.split('|').map((cellule) => cellule.trim());
    const niveau = cellules.find((cellule) => /^[TDS]$/.test(cellule)) ?? 'T';
    regles.set(id, { id, prefixe, famille, niveau, ambiguites: [...new Set(suite.match(/AMB-\d{3}/g) ?? [])] });
  }
  const autres = [...texte.matchAll(/^(?:\| |- )\*{0,2}((?:AMB|TRANS)-\d+)\b/gm)].map(([, id]) => id);
  return { regles, ids: new Set([...regles.keys(), ...autres]) };
}

/** The ids that a text cites, those that it says not computable left out. */
export function citations(texte) {
  return new Set(texte.replaceAll(NON_CALCULABLE, '').match(CITATION) ?? []);
}

/**
 * @param catalogue of `lireCatalogue`
 * @param dispositifs declarations: code, libelle, parametres, prefixeRegles, familles, nonCalculables
 * @param sources, tests `{ chemin, texte }`
 * @returns what each dispositif makes of each of its rules, and what is wrong, in French
 */
export function couvrir({ catalogue, dispositifs, sources, tests }) {
  const mises = reunir(sources);
  // A comment proves nothing: a test cites its rules in its title, or in what it expects.
  const eprouvees = reunir(tests.map(({ texte }) => ({ texte: litteraux(texte).join('\n') })));
  const rapports = dispositifs
    .filter(({ prefixeRegles }) => prefixeRegles !== undefined)
    .map((dispositif) => couvrirDispositif({ catalogue, dispositif, mises, eprouvees }));
  return {
    rapports,
    sansPrefixe: dispositifs.filter(({ prefixeRegles }) => prefixeRegles === undefined).map(({ code }) => code),
    fautes: [...rapports.flatMap(({ fautes }) => fautes), ...inconnues(catalogue, tests)],
  };
}

function couvrirDispositif({ catalogue, dispositif, mises, eprouvees }) {
  const { code, libelle, prefixeRegles: prefixe, familles = [], nonCalculables = [] } = dispositif;
  const pourquoi = new Map(nonCalculables.map((dite) => [dite.regle, dite.pourquoi]));
  const reglees = new Set(Object.values(dispositif.parametres ?? {}).map(({ options }) => options?.interpretation));
  const siennes = [...catalogue.regles.values()].filter((regle) => regle.prefixe === prefixe);
  const regles = siennes.map((regle) => {
    // A silence is settled by its ambiguity's parameter.
    const parAmbiguite = regle.ambiguites.filter((amb) => regle.niveau === 'S' && reglees.has(amb));
    const mise = mises.has(regle.id) || parAmbiguite.length > 0;
    const eprouvee = eprouvees.has(regle.id) || parAmbiguite.some((amb) => eprouvees.has(amb));
    const commun = { id: regle.id, famille: regle.famille, niveau: regle.niveau, mise, eprouvee };
    if (pourquoi.has(regle.id)) return { ...commun, etat: 'NON_CALCULABLE', pourquoi: pourquoi.get(regle.id) };
    return mise && eprouvee ? { ...commun, etat: 'FAITE' } : { ...commun, etat: 'MANQUANTE' };
  });
  return {
    code,
    libelle,
    prefixe,
    familles: [...new Set(regles.map(({ famille }) => famille))].map((famille) => ({
      famille,
      complete: familles.includes(famille),
    })),
    regles,
    fautes: [
      ...(siennes.length === 0 ? [`${code} : aucune règle ${prefixe} dans le catalogue.`] : []),
      ...regles
        .filter(({ etat, famille }) => etat === 'MANQUANTE' && familles.includes(famille))
        .map((regle) => `${code} : la famille ${regle.famille} est dite complète, or ${dire(regle)}.`),
      ...regles
        .filter(({ etat, mise }) => etat === 'NON_CALCULABLE' && mise)
        .map(({ id }) => `${code} : ${id} est dite non calculable, or une source la met en œuvre.`),
      ...[...pourquoi.keys()]
        .filter((id) => !catalogue.regles.has(id))
        .map((id) => `${code} : ${id}, dite non calculable, n’est pas dans le catalogue.`),
    ],
  };
}

/** `PRIMO-FIN-01 n’a ni source ni test`. */
export function dire({ id, mise, eprouvee }) {
  if (!mise && !eprouvee) return `${id} n’a ni source ni test`;
  return mise ? `${id} n’a pas de test` : `${id} n’a pas de source`;
}

export function compter(regles) {
  return Object.fromEntries(
    Object.keys(ETATS).map((etat) => [etat, regles.filter((regle) => regle.etat === etat).length]),
  );
}

function reunir(textes) {
  return new Set(textes.flatMap(({ texte }) => [...citations(texte)]));
}

/** Ids that tests cite and the catalogue lacks; other words in capitals are none of its prefixes. */
function inconnues({ regles, ids }, tests) {
  const prefixes = new Set(['AMB', 'TRANS', ...[...regles.values()].map(({ prefixe }) => prefixe)]);
  return tests.flatMap(({ chemin, texte }) =>
    [...citations(texte)]
      .filter((id) => prefixes.has(id.split('-')[0]) && !ids.has(id))
      .map((id) => `${chemin} : ${id} n’est pas dans le catalogue.`),
  );
}
