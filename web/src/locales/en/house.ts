export default {
  waiting: "Waiting for me",
  count_one: "{{count}} thing waits for you",
  count_other: "{{count}} things wait for you",
  reviews: "To review",
  work: "To do",
  answers: "Your requests",
  surveys: "Surveys",
  nothing_title: "Nothing waits for you",
  nothing_text: "Reviews, decisions, tasks and questions from your consultants appear here, and nowhere else.",
  to_engagements: "See my engagements",
};
