import parse from 'spdx-expression-parse';
import { nomDe, paquetsDuRegistre } from './verrouillage.mjs';

/**
 * The faults of the licences, in French: each package of the lock file, of production or of development, has a licence of `admises`,
 * or the very one that `particulieres` grants it. `lireInstalle(path)` gives the licence of an installed package as its own
 * package.json says, `undefined` where it is not installed (another platform): the lock file then tells.
 */
export function fautesDesLicences({ verrou, lireInstalle, admises, particulieres }) {
  const servies = new Set();
  const fautes = paquetsDuRegistre(verrou).flatMap(([cle, paquet]) => {
    const nom = nomDe(cle);
    const licence = lireInstalle(cle) ?? paquet.license;
    if (admise(licence, admises)) return [];
    const grace = particulieres[nom];
    const reconnue = grace !== undefined && (licence === undefined || licence === grace.licence);
    if (!reconnue) return [`${nom} : licence « ${ecrire(licence)} » ni admise, ni accordée par exception.`];
    servies.add(nom);
    return grace.developpement && !paquet.dev
      ? [`${nom} : licence « ${grace.licence} » accordée pour le développement seul, or il va en production.`]
      : [];
  });
  const inutiles = Object.keys(particulieres).filter((nom) => !servies.has(nom));
  return [...fautes, ...inutiles.map((nom) => `${nom} : exception de licence inutile, retirez-la.`)];
}

/** `A AND B`: both; `A OR B`: one of them is our choice. What is no SPDX expression is not admitted. */
function admise(licence, admises) {
  try {
    return vaut(parse(licence));
  } catch {
    return false;
  }
  function vaut(noeud) {
    if (noeud.conjunction === 'and') return vaut(noeud.left) && vaut(noeud.right);
    if (noeud.conjunction === 'or') return vaut(noeud.left) || vaut(noeud.right);
    return admises.includes(noeud.license) && !noeud.exception;
  }
}

function ecrire(licence) {
  return typeof licence === 'string' ? licence : (JSON.stringify(licence) ?? 'aucune');
}
