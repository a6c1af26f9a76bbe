import { champ, champFileActive } from '@sillage/dispositif-kit';
import { plan } from './plan.js';

/** A part of the charter, bonus included: what the balance takes as long as the grid of its items has no final scores (8.2). */
const note = (libelle: string, max: number, regle: string) =>
  champ.entier({ libelle: `Note de la charte : ${libelle}`, unite: 'points', min: 0, max, regle });

/** What the porteur hands in at the end, and the Département's services confirm (ASE-BIL-03). */
export const champsBilan = {
  fileActive: champFileActive('ASE-IND-01'),
  jeunesAccompagnes: champ.entier({
    libelle: 'Jeunes accompagnés, en cumul',
    unite: 'jeunes',
    max: 10_000,
    regle: 'AMB-080',
  }),
  depensesEncourues: plan.encourues({
    libelle: 'Dépenses directes payées',
    regle: 'ASE-FIN-08',
    regleNatures: 'ASE-FIN-03',
  }),
  noteMoyens: note('moyens humains et matériels, bonus compris', 17, 'ASE-QUAL-A'),
  noteAccompagnement: note('accompagner autrement, bonus compris', 33, 'ASE-QUAL-B'),
  notePartenariatDepartement: note('partenariat avec le Département', 12, 'ASE-QUAL-C'),
  noteProcedures: note('procédures et outils du Département', 16, 'ASE-QUAL-D'),
  noteCommunication: note('outils de communication, bonus compris', 19, 'ASE-QUAL-E'),
  notePartenariatTerritorial: note('partenariat territorial', 12, 'ASE-QUAL-F'),
  publicAccompagne: champ.texte({
    libelle: 'Public accompagné : profils, parcours, évolution',
    max: 10_000,
    regle: 'ASE-BIL-04',
  }),
  resultats: champ.texte({
    libelle: 'Résultats, au regard des objectifs et de la charte',
    aide: 'Prise en charge socio-professionnelle, remobilisation, sorties sans solution, maillage, actions « aller vers ».',
    max: 10_000,
    regle: 'ASE-QUAL-04',
  }),
  retours: champ.texte({ libelle: 'Retours des jeunes et des partenaires', max: 10_000, regle: 'ASE-BIL-04' }),
  bonnesPratiques: champ.texte({
    libelle: 'Bonnes pratiques, difficultés, leviers',
    max: 10_000,
    regle: 'ASE-BIL-04',
  }),
  perspectives: champ.texte({ libelle: 'Perspectives sur les territoires', max: 10_000, regle: 'ASE-BIL-04' }),
};
