package dev.wheelhouse.grading;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.model.DataType;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// A tenant's questions with the documents that answer them.
@TenantRepository
interface QuestionRepository extends GenericRepository<QuestionRepository.Key, Integer> {

    @MappedEntity("graded_questions")
    record Key(@TenantId String tenant, @Id int n) {}

    @Introspected
    record Row(
            String question,
            @MappedProperty(type = DataType.STRING_ARRAY) List<String> documents) {}

    /// One that is to be written down.
    ///
    /// @param documents their keys, one a line
    @Introspected
    record Added(int n, String question, String documents) {}

    /// As they were written down.
    @Query("""
            SELECT question, documents FROM graded_questions WHERE tenant = :tenant AND collection = :collection
            ORDER BY n""")
    List<Row> list(UUID collection);

    /// @param questions [Added]s; what is there is replaced
    @Query("""
            INSERT INTO graded_questions (tenant, collection, n, question, documents)
            SELECT :tenant, :collection, w.n, w.question, string_to_array(w.documents, chr(10))
            FROM json_to_recordset(CAST(:questions AS json)) AS w (n int, question text, documents text)
            ON CONFLICT (tenant, collection, n)
            DO UPDATE SET question = excluded.question, documents = excluded.documents""")
    void put(UUID collection, String questions);

    @Query("DELETE FROM graded_questions WHERE tenant = :tenant AND collection = :collection AND n > :last")
    void dropAfter(UUID collection, int last);
}
