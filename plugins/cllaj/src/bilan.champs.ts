import { champ } from '@sillage/dispositif-kit';
import { champsAction } from './candidature.champs.js';
import { plan } from './plan.js';

const jeunes = (libelle: string, regle: string) => champ.entier({ libelle, unite: 'jeunes', max: 100_000, regle });
const contacts = (libelle: string) =>
  champ.entier({ libelle, unite: 'contacts', max: 1_000_000, regle: 'CLLAJ-IND-01' });

/** What the CLLAJ hands in at the end; counts only, never a name (AMB-163). */
export const champsBilan = {
  contactsTelephone: contacts('Contacts téléphoniques'),
  saisiesMail: contacts('Saisies par mail'),
  jeunesAseRecus: jeunes('Jeunes ASE reçus physiquement', 'CLLAJ-IND-02'),
  jeunesAseAccompagnes: jeunes('Jeunes ASE accompagnés par le CLLAJ', 'CLLAJ-IND-03'),
  jeunesAseLoges: champ.entier({
    libelle: 'Jeunes ASE ayant accédé au logement',
    aide: 'Dans la mesure du possible : laissez vide ce qui n’est pas connu.',
    unite: 'jeunes',
    max: 100_000,
    regle: 'CLLAJ-IND-04',
    facultatif: true,
  }),
  jeunesPermanences: jeunes('Jeunes reçus dans les permanences financées', 'AMB-160'),
  jeunesAteliers: jeunes('Jeunes ayant participé aux ateliers financés', 'AMB-160'),
  jeunesDistincts: jeunes('Jeunes reçus ou participants, chacun compté une fois', 'CLLAJ-IND-05'),
  jeunesGrandePrecarite: champ.entier({
    libelle: 'Dont jeunes en grande précarité',
    unite: 'jeunes',
    max: 100_000,
    regle: 'AMB-028',
    facultatif: true,
  }),
  indicateursClassiques: champ.lignes(
    {
      indicateur: champ.texte({ libelle: 'Indicateur', max: 200 }),
      valeur: champ.entier({ libelle: 'Valeur' }),
      valeurAse: champ.entier({ libelle: 'Dont jeunes au parcours ASE', facultatif: true }),
    },
    {
      libelle: 'Indicateurs des CLLAJ classiques',
      aide: 'Leur liste n’est pas dans le texte : ceux que le CLLAJ tient (AMB-161).',
      max: 60,
      regle: 'CLLAJ-IND-06',
    },
  ),
  actions: champ.lignes(
    { ...champsAction, jeunes: jeunes('Jeunes accueillis', 'CLLAJ-DATA-02') },
    { libelle: 'Actions menées', min: 1, max: 100, regle: 'CLLAJ-WF-01' },
  ),
  freins: champ.texte({ libelle: 'Analyse qualitative des freins', max: 10_000, regle: 'CLLAJ-BIL-02' }),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses payées',
    regle: 'CLLAJ-FIN-02',
    regleNatures: 'CLLAJ-FIN-02',
  }),
};
