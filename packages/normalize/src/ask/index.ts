export { type Checked, checkAnswer } from './check-answer.ts'
export { type Answer, type Corrector, type Question, questionKey } from './corrector.ts'
export { contextLength, type PlacedQuestion, type QuestionOptions, questionsOf } from './questions.ts'
