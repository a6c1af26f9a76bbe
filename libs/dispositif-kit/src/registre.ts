import type { Champs } from './champ.js';
import type { Dispositif } from './dispositif.js';
import { operationsDuModule } from './operations.js';

/** A refusal to boot: every line names both sides and says what to change. */
export class DeclarationsIncompatibles extends Error {
  constructor(readonly lignes: readonly string[]) {
    super(['Les dispositifs déclarés ne peuvent pas démarrer ensemble :', ...lignes.map((l) => ` - ${l}`)].join('\n'));
  }
}

/** Every dispositif of the house, checked at boot: two that claim the same name are refused, and both are named. */
export class RegistreDispositifs {
  private readonly parCode: ReadonlyMap<string, Dispositif>;

  /** @throws DeclarationsIncompatibles */
  constructor(readonly tous: readonly Dispositif[]) {
    const lignes = collisions(tous);
    if (lignes.length > 0) throw new DeclarationsIncompatibles(lignes);
    this.parCode = new Map(tous.map((d) => [d.code, d]));
  }

  trouver(code: string): Dispositif | undefined {
    return this.parCode.get(code);
  }
}

type Revendication = readonly [genre: string, nom: string];

function collisions(dispositifs: readonly Dispositif[]): string[] {
  const proprietaires = new Map<string, Dispositif>();
  const lignes: string[] = [];
  for (const dispositif of dispositifs) {
    for (const [genre, nom] of revendications(dispositif)) {
      const cle = `${genre} ${nom}`;
      const premier = proprietaires.get(cle);
      if (premier === undefined) proprietaires.set(cle, dispositif);
      else
        lignes.push(
          `${genre} « ${nom} » : revendiqué par ${nommer(premier)} et par ${nommer(dispositif)}. Renommez l'un des deux.`,
        );
    }
  }
  return lignes;
}

function nommer(dispositif: Dispositif): string {
  return `« ${dispositif.libelle} » (${dispositif.code} ${dispositif.version})`;
}

/** Everything that a declaration claims for itself alone. */
function revendications(d: Dispositif): Revendication[] {
  return [
    ['code', d.code],
    ['préfixe GraphQL', d.prefixe],
    ['schéma PostgreSQL', d.schema],
    ['file de jobs', d.code],
    ['type GraphQL', `Candidature${d.prefixe}`],
    ['type GraphQL', `Convention${d.prefixe}`],
    ...typesGraphql(`Candidature${d.prefixe}Champs`, d.candidature.champs),
    ...typesGraphql(`Convention${d.prefixe}Termes`, d.convention.termes),
    ...typesDuBilan(d),
    ...typesDesSuivis(d),
    ...operationsDuModule(d.module).map((nom): Revendication => ['champ GraphQL', nom]),
    ...(d.typesGraphql ?? []).map((nom): Revendication => ['type GraphQL', nom]),
    ...(d.appels ?? []).map((a): Revendication => ['appel', a.code]),
    ...(d.jobs ?? []).map((job): Revendication => ['job', job.nom]),
    ...unique((d.droits ?? []).map((droit) => droit.sujet)).map((sujet): Revendication => ['permission sur', sujet]),
    ...(d.echeances ?? []).map((e): Revendication => ['échéance', e.code]),
    ...(d.indicateurs ?? []).map((i): Revendication => ['indicateur', i.code]),
  ];
}

function typesDuBilan({ prefixe, bilan }: Dispositif): Revendication[] {
  if (!bilan) return [];
  const nom = `Bilan${prefixe}`;
  return [
    ['type GraphQL', nom],
    ...typesGraphql(`${nom}Champs`, bilan.champs),
    ...typesGraphql(`${nom}Retenus`, bilan.champs),
  ];
}

function typesDesSuivis({ prefixe, suivis = {} }: Dispositif): Revendication[] {
  return Object.entries(suivis).flatMap(([cle, { champs }]): Revendication[] => {
    const nom = `Suivi${prefixe}${cle.charAt(0).toUpperCase()}${cle.slice(1)}`;
    return [['type GraphQL', nom], ...typesGraphql(`${nom}Champs`, champs)];
  });
}

function typesGraphql(nom: string, champs: Champs): Revendication[] {
  const internes = Object.entries(champs).flatMap(([cle, champ]): Revendication[] => {
    const suite = `${nom}${cle.charAt(0).toUpperCase()}${cle.slice(1)}`;
    if (champ.nature.genre === 'choix') return [['type GraphQL', suite]];
    return champ.nature.genre === 'lignes' ? typesGraphql(suite, champ.nature.champs) : [];
  });
  return [['type GraphQL', nom], ['type GraphQL', `${nom}Input`], ...internes];
}

function unique(noms: readonly string[]): string[] {
  return [...new Set(noms)];
}
