import { type Decision, non, oui, type Periode, Temporal } from '@sillage/kernel';
import { champ, type Champs } from './champ.js';
import { type DeclarationSuivi, definirSuivi } from './suivi.js';

interface OptionsComite<K extends string> {
  regle: string;
  /** The rule of the table that is sent before the committee. */
  regleTableau: string;
  /** The two services that must be there: a committee without one of them does not count (AMB-061). */
  services: readonly [string, string];
  /** Key of a `jours` parameter, after the last day of the quarter. */
  du: K;
  /** Key of the parameter made by `parametreExigenceDesSuivis`. */
  avantBilan: K;
}

/** The committee of each quarter of the operation (AMB-060): handed in as it was held, confirmed if those who must be there were. */
export function comiteTrimestriel<const K extends string>(options: OptionsComite<K>): DeclarationSuivi<Champs, K> {
  const { regle, regleTableau, services, du, avantBilan } = options;
  const presence = (service: string) =>
    champ.booleen({
      libelle: `Présent : ${service}`,
      aide: 'De chaque territoire, si le comité est commun (AMB-062).',
      regle,
    });
  return definirSuivi({
    libelle: 'Comité de suivi trimestriel',
    regle,
    periodicite: 'TRIMESTRIELLE',
    du,
    desLeDebut: true,
    avantBilan,
    champs: {
      tenuLe: champ.date({ libelle: 'Tenu le', regle }),
      premierPresent: presence(services[0]),
      secondPresent: presence(services[1]),
      tableauTransmisLe: champ.date({ libelle: 'Tableau transmis le', regle: regleTableau, quand: 'PASSE_RECENT' }),
      jeunesExamines: champ.entier({ libelle: 'Parcours examinés', unite: 'jeunes', regle }),
      synthese: champ.texte({ libelle: 'Ce qui a été vu et décidé, sans nom', max: 10_000, regle }),
    },
    controles: [
      {
        regle,
        libelle: 'Le comité s’est tenu, et pas avant son trimestre',
        a: 'REMISE',
        decider: ({ suivi: { tenuLe }, periode, le }) => dejaTenu(tenuLe, periode, le, regle),
      },
      {
        regle,
        libelle: `Les deux services sont présents : ${services.join(', ')}`,
        a: 'CONFIRMATION',
        decider: ({ suivi: { premierPresent, secondPresent } }) =>
          premierPresent && secondPresent
            ? oui()
            : refuser(
                regle,
                'premierPresent',
                `Comité non conforme, à reprogrammer : il y manque un service attendu (${services.join(', ')}).`,
              ),
      },
      {
        regle: regleTableau,
        libelle: 'Le tableau est transmis avant le comité',
        a: 'CONFIRMATION',
        decider: ({ suivi: { tenuLe, tableauTransmisLe } }) =>
          Temporal.PlainDate.compare(tableauTransmisLe, tenuLe) <= 0
            ? oui()
            : refuser(regleTableau, 'tableauTransmisLe', 'Le tableau se transmet avant le comité.'),
      },
    ],
  });
}

/**
 * The steering committee of each year of the operation, led by the porteur, its partners present: handed in as it was held, confirmed if
 * it was so.
 */
export function comiteDePilotage<const K extends string>({
  regle,
  du,
  avantBilan,
}: Pick<OptionsComite<K>, 'regle' | 'du' | 'avantBilan'>): DeclarationSuivi<Champs, K> {
  return definirSuivi({
    libelle: 'Comité de pilotage annuel',
    regle,
    periodicite: 'ANNUELLE',
    du,
    desLeDebut: true,
    avantBilan,
    champs: {
      tenuLe: champ.date({ libelle: 'Tenu le', regle }),
      animeParLePorteur: champ.booleen({ libelle: 'Animé par le porteur', regle }),
      partenairesPresents: champ.entier({ libelle: 'Partenaires présents', unite: 'partenaires', max: 500, regle }),
      synthese: champ.texte({ libelle: 'Ce qui a été vu et décidé, sans nom', max: 10_000, regle }),
    },
    controles: [
      {
        regle,
        libelle: 'Le comité s’est tenu, et pas avant son année',
        a: 'REMISE',
        decider: ({ suivi: { tenuLe }, periode, le }) => dejaTenu(tenuLe, periode, le, regle),
      },
      {
        regle,
        libelle: 'Le porteur anime le comité, des partenaires y sont',
        a: 'CONFIRMATION',
        decider: ({ suivi: { animeParLePorteur, partenairesPresents } }) =>
          animeParLePorteur && partenairesPresents > 0
            ? oui()
            : refuser(
                regle,
                animeParLePorteur ? 'partenairesPresents' : 'animeParLePorteur',
                'Comité non conforme, à reprogrammer : le porteur l’anime, des partenaires y sont.',
              ),
      },
    ],
  });
}

function dejaTenu(tenuLe: Temporal.PlainDate, { du }: Periode, le: Temporal.PlainDate, regle: string): Decision {
  if (Temporal.PlainDate.compare(tenuLe, du) < 0) {
    return refuser(regle, 'tenuLe', 'Le comité s’est tenu avant la période dont il rend compte.');
  }
  if (Temporal.PlainDate.compare(tenuLe, le) > 0)
    return refuser(regle, 'tenuLe', 'Le comité ne s’est pas encore tenu.');
  return oui();
}

function refuser(regle: string, champDuSuivi: string, message: string): Decision {
  return non({ code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['suivi', champDuSuivi] });
}
