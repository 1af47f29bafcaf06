export type PlanName = 'free' | 'pro' | 'business';

export interface Plan {
  name: PlanName;
  title: string;
  cents: number;
  automations: number;
  seats: number;
  points: string[];
}

export const plans: readonly Plan[] = [
  { name: 'free', title: 'Free', cents: 0, automations: 0, seats: 5, points: ['Projects and search', 'Up to 5 people'] },
  {
    name: 'pro',
    title: 'Pro',
    cents: 1200,
    automations: 20,
    seats: 25,
    points: ['Everything in Free', '20 automations', 'Up to 25 people'],
  },
  {
    name: 'business',
    title: 'Business',
    cents: 4900,
    automations: 200,
    seats: 500,
    points: ['Everything in Pro', '200 automations', 'Up to 500 people'],
  },
];

export const planOf = (name: string | undefined): Plan | undefined => plans.find((plan) => plan.name === name);

export const FREE = plans[0] as Plan;
