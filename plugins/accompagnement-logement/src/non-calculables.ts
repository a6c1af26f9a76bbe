import type { RegleNonCalculable } from '@sillage/dispositif-kit';

/** Rules of the text that nothing in the software can hold (docs/regles.md, section 12). */
export const nonCalculables: readonly RegleNonCalculable[] = [
  {
    regle: 'ASGL-ELIG-04',
    pourquoi: 'L’autonomie d’un jeune face à l’accès au logement est une appréciation, sans critère écrit.',
  },
  {
    regle: 'ASGL-ELIG-05',
    pourquoi: 'Les publics cités le sont à titre d’exemple, sans limiter l’accès : il n’y a rien à vérifier.',
  },
  {
    regle: 'ASGL-WF-02',
    pourquoi:
      'La commission du territoire décide hors de la plateforme ; sa décision se tracera quand chaque mesure y sera suivie.',
  },
  {
    regle: 'ASGL-WF-03',
    pourquoi:
      'L’information du SPSLH et son visa se tracera quand chaque mesure sera suivie sur la plateforme (AMB-131).',
  },
  {
    regle: 'ASGL-WF-04',
    pourquoi:
      'Le Chef SLISL notifie par ses propres courriers ; l’ordre de notifier se vérifiera quand chaque mesure sera suivie ici.',
  },
  {
    regle: 'ASGL-WF-10',
    pourquoi:
      'Le texte ne liste pas les territoires « Logement d’abord » et ne donne pas la fiche commune : elle sera demandée quand on les aura (AMB-135).',
  },
  {
    regle: 'ASGL-WF-12',
    pourquoi: 'L’automate demande des mesures suivies une à une, que la plateforme n’a pas encore.',
  },
  {
    regle: 'ASGL-WF-06',
    pourquoi: 'L’approche du travailleur social et la qualité du lien avec le bailleur se constatent sur le terrain.',
  },
  {
    regle: 'ASGL-WF-08',
    pourquoi: 'Les temps collectifs et le bail glissant sont des facultés, sans condition ni effet écrits.',
  },
  {
    regle: 'ASGL-WF-09',
    pourquoi: 'La place du porteur dans les groupes de travail des territoires dépend de qui les réunit.',
  },
  {
    regle: 'ASGL-WF-11',
    pourquoi: 'Le lien étroit avec les référents des missions locales est une manière de travailler, sans mesure.',
  },
  {
    regle: 'ASGL-QUAL-06',
    pourquoi: 'L’accès à un logement pérenne est la finalité affichée, sans seuil ; les sorties en rendent compte.',
  },
  {
    regle: 'ASGL-DATA-01',
    pourquoi: 'Ce sont des chiffres d’étude, donnés comme contexte : aucun calcul ne s’en sert (TRANS-44).',
  },
];
