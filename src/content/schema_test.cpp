// SPDX-License-Identifier: Apache-2.0
#include "content/schema.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace assay::content {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TEST(Schema, SaysKeysWordsAndWhatIsRequired) {
  const auto schema = nlohmann::json::parse(system_schema());
  EXPECT_EQ(schema["additionalProperties"], false);
  const std::vector<std::string> required = schema["required"];
  EXPECT_THAT(required, Contains("id"));
  EXPECT_THAT(required, Contains("modalities"));
  EXPECT_THAT(required, Not(Contains("features")));
  const auto& kind = schema["properties"]["kind"]["enum"];
  EXPECT_THAT(kind, Contains("generative-service"));
  EXPECT_THAT(kind, Not(Contains("unstated")));
  EXPECT_EQ(schema["properties"]["modalities"]["minItems"], 1);
  EXPECT_FALSE(schema["properties"]["features"].contains("minItems"));
  const auto& provider = schema["properties"]["provider"]["properties"];
  EXPECT_TRUE(provider["credit_code"].contains("pattern"));
  EXPECT_THAT(provider["name"]["required"], ElementsAre("zh", "en"));
}

}  // namespace
}  // namespace assay::content
